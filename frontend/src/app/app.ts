import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterRenderEffect,
  computed,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { NavigationError, NavigationStart, Router, RouterOutlet } from '@angular/router';
import { FROM_PROVIDER, WayBack } from './account/way-back';
import { nextTask } from './browser/next-task';
import { ChatStore } from './chat/chat-store';
import { Sidebar } from './chats/sidebar';
import { focusIfLost } from './shell/focus-if-lost';
import { ShortcutSheet } from './shell/shortcut-sheet';
import { ShortcutSheetState } from './shell/shortcut-sheet-state';
import { SidebarState } from './shell/sidebar-state';
import { MissingPart, isOfMissingPart } from './shell/missing-part';
import { Swipe } from './shell/swipe';
import { Unloaded } from './shell/unloaded';

/** The frame: the list of chats beside, or as a drawer over, the page. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet, ShortcutSheet, Sidebar, Swipe, Unloaded],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '(document:keydown)': 'shortcut($event)' },
})
export class App {
  readonly #router = inject(Router);
  /** Its class is named nowhere here, or it would be loaded with the page. */
  private readonly sidebar = viewChild<Sidebar>('sidebar');
  /** What somebody has typed who wants to search, until the sidebar is there for it; `null`: nobody does. */
  readonly #typedAhead = signal<string | null>(null);
  readonly #injector = inject(Injector);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly sidebarState = inject(SidebarState);
  protected readonly shortcutSheet = inject(ShortcutSheetState);
  /** Signing in is a page of its own: there are no chats before. */
  protected readonly alone = computed(
    () => this.#router.lastSuccessfulNavigation()?.finalUrl?.toString().startsWith('/sign-in') ?? false,
  );
  protected readonly missing = inject(MissingPart);
  protected readonly withSidebar = computed(() => this.sidebarState.shown() && !this.alone());

  constructor() {
    void this.#begin();
    this.#comeBack(inject(WayBack));
    this.#router.events.subscribe((event) => {
      if (event instanceof NavigationStart) this.missing.forget();
      if (event instanceof NavigationError && isOfMissingPart(event.error)) this.missing.note(event.url);
    });
    let known = this.withSidebar();
    afterRenderEffect(() => {
      const shown = this.withSidebar();
      if (shown && !this.sidebar()) return;
      if (shown !== known) this.#keepFocus(shown);
      known = shown;
    });
    afterRenderEffect(() => {
      const sidebar = this.sidebar();
      const typed = this.#typedAhead();
      if (!sidebar || typed === null) return;
      this.#typedAhead.set(null);
      untracked(() => sidebar.focusSearch(typed));
    });
  }

  protected shortcut(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    const typed = !command && !event.altKey && [...event.key].length === 1;
    if (key === 'escape') this.#typedAhead.set(null);
    if (key === 'escape' && this.sidebarState.drawerOpen()) this.sidebarState.closeDrawer();
    else if (typed && this.#typedAhead() !== null) this.#typedAhead.update((text) => `${text}${event.key}`);
    else if (command && key === 'k' && !event.shiftKey) this.#search();
    else if (command && key === 'o' && event.shiftKey) this.newChat();
    // Some keyboards have the slash above another key, and Shift to reach it.
    else if (command && key === '/') this.shortcutSheet.open();
    else return;
    event.preventDefault();
  }

  protected newChat(): void {
    this.sidebarState.closeDrawer();
    void this.#router.navigateByUrl('/');
  }

  protected showSidebar(): void {
    if (!this.alone()) this.sidebarState.show();
  }

  /** The page stands before it is asked what is in it. */
  async #begin(): Promise<void> {
    await nextTask();
    await this.#injector.get(ChatStore).begin();
  }

  /** The button that was pressed has gone with its side; its counterpart takes the focus over. */
  #keepFocus(shown: boolean): void {
    focusIfLost(this.#host.querySelector<HTMLElement>(shown ? '.sidebar-hide' : '.sidebar-show'));
  }

  /** An identity provider sends everybody to the beginning. */
  #comeBack(wayBack: WayBack): void {
    if (this.#host.ownerDocument.location.pathname !== '/') return;
    const place = wayBack.take();
    if (place) void this.#router.navigateByUrl(place, { replaceUrl: true, info: FROM_PROVIDER });
  }

  #search(): void {
    if (this.alone()) return;
    this.sidebarState.show();
    // At once where it is there, for whatever is typed next.
    if (!this.sidebar()?.focusSearch('')) this.#typedAhead.set('');
  }
}
