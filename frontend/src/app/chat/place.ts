import type { ActivatedRoute } from '@angular/router';
import { distinctUntilChanged, map, merge, type Observable } from 'rxjs';

/** What the address names: a chat (`null`: a new one), and the message that is looked for in it. */
export interface Place {
  readonly chatId: string | null;
  readonly messageId: string | null;
}

/** Where somebody is, and goes. The snapshot has both halves of an address before either of them is told. */
export function placesOf(route: ActivatedRoute): Observable<Place> {
  return merge(route.paramMap, route.queryParamMap).pipe(
    map(() => ({
      chatId: route.snapshot.paramMap.get('id'),
      messageId: route.snapshot.queryParamMap.get('message'),
    })),
    distinctUntilChanged((a, b) => a.chatId === b.chatId && a.messageId === b.messageId),
  );
}
