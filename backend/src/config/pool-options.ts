/**
 * What all pools of connections to PostgreSQL have in common, as the options of `pg` and `pg-pool`. A pool closes what has
 * been idle for ten seconds, and between two prompts of one person there are more; the next would wait for a new
 * connection, on which every statement is prepared anew. So two stay, and whatever cuts idle connections on the way (after
 * some minutes, as a rule) sees that they live.
 */
export const POOL_OPTIONS = { min: 2, keepAlive: true, keepAliveInitialDelayMillis: 60_000 };
