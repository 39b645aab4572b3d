/** KEYS[1]: who leads. ARGV: session id, how many seconds it leads. Returns who leads now. */
export const leadLua = /* lua */ `
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then
  return leader
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return ARGV[1]
`;

/** KEYS[1]: who leads. ARGV: session id. Ends its lead and nobody else's. */
export const releaseLua = /* lua */ `
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
`;
