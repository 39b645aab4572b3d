import type { ElementRef } from '@angular/core';
import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { mediaMatches } from '../browser/media';
import { Icon } from '../shell/icon';
import { pastedFiles } from './attachments/pasted-files';

/** Where a message is written. What goes with it is put `above` the text, and what leads to more of that `before` it. */
@Component({
  selector: 'app-composer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');

  readonly #app = inject(ApplicationRef);
  readonly #hovers = mediaMatches('(hover: hover)');
  readonly #typings = signal(0);

  readonly text = input.required<string>();
  /** A reply is being written: it has to end before the next message. */
  readonly busy = input.required<boolean>();
  readonly stopping = input.required<boolean>();
  readonly editing = input.required<boolean>();
  /** Why it cannot be sent yet, in a sentence: what is written is kept until it can be. */
  readonly held = input<string | null>(null);
  readonly textChanged = output<string>();
  readonly messageSubmitted = output<string>();
  readonly filesPasted = output<readonly File[]>();
  readonly stopRequested = output();
  readonly lastPromptRequested = output();
  readonly editCancelled = output();

  protected readonly stopLabel = computed(() => (this.stopping() ? $localize`Stopping` : $localize`Stop`));
  protected readonly stopTip = computed(() =>
    this.stopping() ? $localize`Stopping` : $localize`Stop (Esc)`,
  );
  protected readonly canSend = computed(() => this.#isSendable(this.text()));

  constructor() {
    afterRenderEffect(() => {
      const box = this.box().nativeElement;
      // Not bound: text that came and went between two renderings is none for Angular, which would leave it in the box.
      this.#typings();
      if (box.value !== this.text()) box.value = this.text();
      // Browsers that size the box by themselves only need this for text that they were not typed.
      box.style.height = 'auto';
      // An empty one is as high as it is without being asked, which would lay the whole page out.
      if (this.text()) box.style.height = `${box.scrollHeight}px`;
    });
  }

  focus(): void {
    const box = this.box().nativeElement;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  /** Only where that brings no keyboard up over what is to be read. */
  focusQuietly(): void {
    if (this.#hovers()) this.focus();
  }

  /** What is typed belongs to what the box is to hold, and that is sent: a busy page may not have put it there yet. */
  protected catchUp(): void {
    this.#app.tick();
  }

  protected typed(): void {
    this.#typings.update((count) => count + 1);
    this.textChanged.emit(this.box().nativeElement.value);
  }

  protected stop(): void {
    this.stopRequested.emit();
    // The button is about to become another one, and would take the focus with it.
    this.focusQuietly();
  }

  protected submit(): void {
    this.catchUp();
    const box = this.box().nativeElement;
    if (this.#isSendable(box.value)) this.messageSubmitted.emit(box.value);
    box.focus();
  }

  #isSendable(text: string): boolean {
    return !this.busy() && !this.held() && text.trim() !== '';
  }

  /** Text stays text. */
  protected pasted(event: ClipboardEvent): void {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.filesPasted.emit(files);
  }

  protected pressed(event: KeyboardEvent): void {
    // While a word is being composed, Enter picks a candidate. Safari tells only by the old key code.
    const composing = event.isComposing || event.keyCode === 229;
    if (composing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === 'ArrowUp' && this.box().nativeElement.value === '') {
      event.preventDefault();
      this.lastPromptRequested.emit();
    } else if (event.key === 'Escape' && this.editing()) {
      event.stopPropagation();
      this.editCancelled.emit();
    }
  }
}
