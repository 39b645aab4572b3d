/** KEYS[1]: who leads. ARGV: session id. Ends its lead and nobody else's. */
export const releaseLua = /* lua */ `
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
`;
