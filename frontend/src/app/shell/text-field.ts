import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, input, model, signal, viewChild } from '@angular/core';

let count = 0;

/** A line to write in, with its label above, and below it what helps or what is wrong. */
@Component({
  selector: 'app-text-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './text-field.html',
  styleUrl: './text-field.css',
})
export class TextField {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  protected readonly id = `field-${count++}`;
  protected readonly shown = signal(false);

  readonly value = model('');
  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'password' | 'date'>('text');
  /** For password managers, as `autocomplete`. */
  readonly name = input<string | null>(null);
  readonly autocomplete = input('off');
  /** Of what is no password: one that were cut short would be another one. */
  readonly maxlength = input(254);
  readonly hint = input<string | null>(null);
  readonly problem = input<string | null>(null);

  protected readonly boxType = computed(() => (this.shown() ? 'text' : this.type()));
  protected readonly toggle = computed(() => (this.shown() ? $localize`Hide` : $localize`Show`));
  protected readonly toggleLabel = computed(() => {
    const label = this.label();
    return this.shown() ? $localize`Hide ${label}:label:` : $localize`Show ${label}:label:`;
  });
  protected readonly note = computed(() => this.problem() ?? this.hint());

  focus(): void {
    this.box().nativeElement.focus();
  }

  select(): void {
    this.box().nativeElement.select();
  }
}
