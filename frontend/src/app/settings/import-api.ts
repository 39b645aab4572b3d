import { Injectable, inject } from '@angular/core';
import { GraphqlClient } from '../graphql/graphql-client';
import { ImportChatDocument, type ImportChatInput } from './generated/graphql';

/** Chats from elsewhere on the wire. */
@Injectable({ providedIn: 'root' })
export class ImportApi {
  readonly #graphql = inject(GraphqlClient);

  /** Whether it is new; else it was here already. */
  async import(input: ImportChatInput): Promise<boolean> {
    return (await this.#graphql.mutate(ImportChatDocument, { input })).importChat.created;
  }
}
