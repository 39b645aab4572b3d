import { Injectable, inject } from '@angular/core';
import {
  ModelsDocument,
  MovePinnedModelDocument,
  PinModelDocument,
  UnpinModelDocument,
  type ModelFieldsFragment,
} from '../graphql/generated/graphql';
import { GraphqlClient } from '../graphql/graphql-client';

/** A model as this viewer sees it. */
export type Model = ModelFieldsFragment;

/** The catalog on the wire. */
@Injectable({ providedIn: 'root' })
export class ModelsApi {
  readonly #graphql = inject(GraphqlClient);

  async list(): Promise<Model[]> {
    return (await this.#graphql.query(ModelsDocument, {})).models;
  }

  async pin(modelId: string): Promise<Model[]> {
    return (await this.#graphql.mutate(PinModelDocument, { modelId })).pinModel;
  }

  /** Puts a pin before another one; `null`: last. */
  async movePin(modelId: string, before: string | null): Promise<Model[]> {
    return (await this.#graphql.mutate(MovePinnedModelDocument, { modelId, before })).movePinnedModel;
  }

  async unpin(modelId: string): Promise<Model[]> {
    return (await this.#graphql.mutate(UnpinModelDocument, { modelId })).unpinModel;
  }
}
