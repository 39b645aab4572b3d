import { NavigationSkipped, NavigationSkippedCode, type ActivatedRoute, type Router } from '@angular/router';
import { distinctUntilChanged, filter, map, merge, type Observable } from 'rxjs';

/** What the address names: a chat (`null`: a new one), and the message that is looked for in it. */
export interface Place {
  readonly chatId: string | null;
  readonly messageId: string | null;
}

/**
 * Where somebody is, and goes. The snapshot has both halves of an address before either of them is told. Whoever has
 * scrolled on, and follows the link to the same message once more, goes there again.
 */
export function placesOf(route: ActivatedRoute, router: Router): Observable<Place> {
  const place = (): Place => ({
    chatId: route.snapshot.paramMap.get('id'),
    messageId: route.snapshot.queryParamMap.get('message'),
  });
  const others = merge(route.paramMap, route.queryParamMap).pipe(
    map(place),
    distinctUntilChanged((a, b) => a.chatId === b.chatId && a.messageId === b.messageId),
  );
  const again = router.events.pipe(
    filter((event) => event instanceof NavigationSkipped),
    filter(({ code }) => code === NavigationSkippedCode.IgnoredSameUrlNavigation),
    map(place),
    filter(({ messageId }) => messageId !== null),
  );
  return merge(others, again);
}
