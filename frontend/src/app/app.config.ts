import {
  EnvironmentInjector,
  ErrorHandler,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  type ApplicationConfig,
} from '@angular/core';
import { provideRouter } from '@angular/router';
import { ROUTES } from './app.routes';
import { nextTask } from './browser/next-task';
import { Language } from './languages/language';
import { PageErrorHandler } from './shell/missing-part';
import { quietMoment } from './browser/quiet-moment';

export const APP_CONFIG: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useClass: PageErrorHandler },
    provideRouter(ROUTES),
    provideAppInitializer(begin),
    provideEnvironmentInitializer(() => void keepPage(inject(EnvironmentInjector))),
  ],
};

async function begin(): Promise<void> {
  await inject(Language).begin();
  await nextTask();
}

/** Not before the page is there, so it need not be loaded with it. */
async function keepPage(injector: EnvironmentInjector): Promise<void> {
  await quietMoment();
  const { PageKeeper } = await import('./browser/page-keeper');
  await injector.get(PageKeeper).start();
}
