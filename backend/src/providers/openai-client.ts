import { OpenAI } from 'openai';
import type { ProviderEndpoint } from '../config/app-config.js';
import { sdkOptions } from './sdk-options.js';

/** OpenAI's SDK for one server. Nothing of it comes from `OPENAI_…` variables: they may be meant for another server. */
export function openAiClient(
  provider: string,
  endpoint: ProviderEndpoint & { readonly baseUrl: string },
): OpenAI {
  return new OpenAI({
    ...sdkOptions(provider, endpoint),
    baseURL: endpoint.baseUrl,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    ...(endpoint.apiKey === undefined && { defaultHeaders: { authorization: null } }),
  });
}
