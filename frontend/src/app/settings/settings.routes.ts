import type { Routes } from '@angular/router';
import { DataSection } from './data-section';
import { PlanSection } from './plan-section';
import { ProfileSection } from './profile-section';
import { SettingsPage } from './settings-page';
import { TokensSection } from './tokens-section';

/** Loaded with the first visit to any of them. */
export const SETTINGS_ROUTES: Routes = [
  {
    path: '',
    component: SettingsPage,
    children: [
      { path: '', pathMatch: 'full', component: ProfileSection, title: 'Settings · Rivulet' },
      { path: 'plan', component: PlanSection, title: 'Plan and usage · Rivulet' },
      { path: 'tokens', component: TokensSection, title: 'API tokens · Rivulet' },
      { path: 'data', component: DataSection, title: 'Your data · Rivulet' },
      { path: '**', redirectTo: '' },
    ],
  },
];
