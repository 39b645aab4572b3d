import { provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import { provideRouter } from '@angular/router';
import { ROUTES } from './app.routes';
import { provideGraphql } from './graphql/provide-graphql';

export const APP_CONFIG: ApplicationConfig = {
  providers: [provideBrowserGlobalErrorListeners(), provideRouter(ROUTES), provideGraphql()],
};
