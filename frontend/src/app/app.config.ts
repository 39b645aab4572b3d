import {
  EnvironmentInjector,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
  type ApplicationConfig,
} from '@angular/core';
import { provideRouter } from '@angular/router';
import { ROUTES } from './app.routes';
import { provideGraphql } from './graphql/provide-graphql';
import { Language } from './languages/language';

export const APP_CONFIG: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(ROUTES),
    provideGraphql(),
    provideAppInitializer(() => inject(Language).begin()),
    provideEnvironmentInitializer(() => void keepPage(inject(EnvironmentInjector))),
  ],
};

/** Not before the page is there, so it need not be loaded with it. */
async function keepPage(injector: EnvironmentInjector): Promise<void> {
  const { PageKeeper } = await import('./browser/page-keeper');
  await injector.get(PageKeeper).start();
}
