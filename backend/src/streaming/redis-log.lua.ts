/*
 * The scripts of a session's log. KEYS[1] is a hash:
 *   attempt   whom the log belongs to
 *   before    the number before the first event of that attempt
 *   final     1 once the last event has been appended
 *   writer, command   who wrote last, and its number for that command
 * KEYS[2] is the list of events as JSON; its index is the event's number. Both expire together. The channel is named
 * in ARGV, for it is no key.
 *
 * A connection that is cut before Redis has answered leaves open whether the command ran, and the client sends it
 * again. `writer` and `command` tell a command that has run from a new one, so no event is appended twice.
 */

const SHARED = /* lua */ `
local function write(before, first)
  local events = {}
  for i = first, #ARGV do
    redis.call('RPUSH', KEYS[2], ARGV[i])
    events[#events + 1] = ARGV[i]
  end
  local length = redis.call('LLEN', KEYS[2])
  if #events > 0 then
    local number = string.format('%.0f', before + length - #events + 1)
    redis.call('PUBLISH', ARGV[1], number .. ':' .. table.concat(events, ','))
  end
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
  return before + length
end
`;

/**
 * ARGV: channel, TTL in seconds, writer, command, attempt, 1 if the last event is final or 0, the number before the
 * attempt, then the events. Returns the last number, or -1 where the log belongs to this attempt or a later one.
 */
export const beginLua = /* lua */ `${SHARED}
local attempt, writer, command = unpack(redis.call('HMGET', KEYS[1], 'attempt', 'writer', 'command'))
local before = tonumber(ARGV[7])
if attempt and tonumber(attempt) >= tonumber(ARGV[5]) then
  if attempt == ARGV[5] and writer == ARGV[3] and command == ARGV[4] then
    return before + redis.call('LLEN', KEYS[2])
  end
  return -1
end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[1], 'attempt', ARGV[5], 'before', ARGV[7], 'final', ARGV[6], 'writer', ARGV[3], 'command', ARGV[4])
return write(before, 8)
`;

/**
 * ARGV: channel, TTL in seconds, writer, command, attempt, 1 if the last event is final or 0, then the events. Returns
 * the last number, -1 where this attempt may no longer write, or -2 where a later command of the writer came first.
 */
export const appendLua = /* lua */ `${SHARED}
local attempt, before, final, writer, command =
  unpack(redis.call('HMGET', KEYS[1], 'attempt', 'before', 'final', 'writer', 'command'))
if attempt ~= ARGV[5] then return -1 end
before = tonumber(before)
if writer == ARGV[3] then
  if command == ARGV[4] then return before + redis.call('LLEN', KEYS[2]) end
  if tonumber(command) > tonumber(ARGV[4]) then return -2 end
end
if final == '1' then return -1 end
redis.call('HSET', KEYS[1], 'final', ARGV[6], 'writer', ARGV[3], 'command', ARGV[4])
return write(before, 7)
`;

/**
 * ARGV: the number that the reader has, how many bytes of events it has room for. Returns the number of the first event
 * that follows here and that of the log's last event, then the events, at least one; or nothing where there is no log.
 * A reader that has everything gets the last event again: it may be the final one.
 */
export const readLua = /* lua */ `
local before = redis.call('HGET', KEYS[1], 'before')
if not before then return {} end
local length = redis.call('LLEN', KEYS[2])
local index = math.max(0, math.min(tonumber(ARGV[1]) - before, length - 1))
local answer = { string.format('%.0f', before + index + 1), string.format('%.0f', before + length) }
local room = tonumber(ARGV[2])
while index < length and room > 0 do
  for _, event in ipairs(redis.call('LRANGE', KEYS[2], index, index + 31)) do
    if room <= 0 then break end
    answer[#answer + 1] = event
    room = room - #event
    index = index + 1
  end
end
return answer
`;
