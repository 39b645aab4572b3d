/**
 * KEYS[1]: recent cancellations by time. ARGV: channel, session id, how many seconds they stay. The time is that of
 * Redis, so that all processes mean the same.
 */
export const cancelLua = /* lua */ `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]))
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
`;
