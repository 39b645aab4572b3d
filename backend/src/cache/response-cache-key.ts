import { createHash } from 'node:crypto';

/** What makes two replies interchangeable. */
export interface CacheKeyParts {
  /** Whose replies may answer: a user id, or `shared`. */
  readonly scope: string;
  readonly modelId: string;
  readonly system?: string;
  readonly temperature?: number;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string;
    readonly attachments?: readonly KeyedAttachment[];
  }[];
}

/** A file by its hash: its bytes need not be read to know that a reply is there. */
interface KeyedAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
}

/**
 * SHA-256 (hex) over the parts as a JSON array. Arrays have one order and JSON quotes every string, so two
 * different conversations never serialise alike.
 */
export function responseCacheKey({ scope, modelId, system, temperature, messages }: CacheKeyParts): string {
  const canonical = JSON.stringify([
    2,
    scope,
    modelId,
    system ?? null,
    temperature ?? null,
    messages.map(({ role, content, attachments = [] }) => [
      ...[role, content],
      ...attachments.map(({ name, mediaType, sha256 }) => [name, mediaType, sha256]),
    ]),
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}
