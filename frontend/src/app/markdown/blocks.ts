import { ChangeDetectionStrategy, Component, ViewEncapsulation, computed, input } from '@angular/core';
import type { Block } from './block';
import { CodeBlock } from './code-block';
import { DiagramBlock } from './diagram-block';
import { SafeHtml } from './safe-html';

/**
 * Blocks of a reply, one element each; quotes and list items hold blocks again.
 * Elements stay at their place, so a block that keeps its object keeps its nodes.
 */
@Component({
  selector: 'app-markdown-blocks',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './blocks.html',
  styleUrl: './blocks.css',
  // Sanitised nodes carry no scope attributes; every rule starts with the element's name instead.
  encapsulation: ViewEncapsulation.None,
  imports: [CodeBlock, DiagramBlock, SafeHtml],
})
export class Blocks {
  readonly blocks = input.required<readonly Block[]>();
  /** More text may follow inside the last block. */
  readonly growing = input(false);
  /** Inside a list or quote, which takes its direction from the text in it; there, `dir` would hide that text. */
  readonly nested = input(false);

  protected readonly taskLabels = { none: '', open: $localize`To do`, done: $localize`Done` };
  /** The level of the first heading of the reply, as Markdown counts. */
  readonly highest = input(1);

  protected readonly direction = computed(() => (this.nested() ? null : 'auto'));

  /** Models begin with any level. For whoever reads by headings, it is one below that of the message, which is the second. */
  protected levelOf(level: number): number {
    return 3 + Math.max(0, level - this.highest());
  }
}
