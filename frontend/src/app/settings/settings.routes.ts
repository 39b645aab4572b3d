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
      { path: '', pathMatch: 'full', component: ProfileSection, title: () => $localize`Settings · Rivulet` },
      { path: 'plan', component: PlanSection, title: () => $localize`Plan and usage · Rivulet` },
      { path: 'tokens', component: TokensSection, title: () => $localize`API tokens · Rivulet` },
      { path: 'data', component: DataSection, title: () => $localize`Your data · Rivulet` },
      { path: '**', redirectTo: '' },
    ],
  },
];
