import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { Model } from '../models/models-api';
import { originOfAnswers } from '../models/provider-name';

const starters = (): readonly { title: string; prompt: string }[] => [
  {
    title: $localize`Explain`,
    prompt: $localize`Explain how a hash map works, with a small example in TypeScript.`,
  },
  {
    title: $localize`Compare`,
    prompt: $localize`Compare PostgreSQL, Redis and SQLite in a table: what each is best at, and what it costs.`,
  },
  {
    title: $localize`Write`,
    prompt: $localize`Write a friendly note that asks a colleague to review a pull request by Friday.`,
  },
  {
    title: $localize`:verb|:Plan`,
    prompt: $localize`Plan a three-day walking trip in the mountains, with a packing list.`,
  },
];

/** An empty chat: four prompts that show what can be asked, and where answers come from. */
@Component({
  selector: 'app-first-visit',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="inner">
      <h1 i18n>What would you like to know?</h1>
      <ul>
        @for (starter of starters; track starter.title) {
          <li>
            <button type="button" [disabled]="!model()" (click)="promptChosen.emit(starter.prompt)">
              <span class="title">{{ starter.title }}</span>
              {{ starter.prompt }}
            </button>
          </li>
        }
      </ul>
      <p>{{ origin() }}</p>
    </div>
  `,
  styleUrl: './first-visit.css',
})
export class FirstVisit {
  readonly model = input.required<Model | null>();
  readonly promptChosen = output<string>();
  protected readonly starters = starters();
  protected readonly origin = computed(() => {
    const model = this.model();
    return model ? originOfAnswers(model.provider) : '';
  });
}
