import { EVENTS_PREFIX, LOOK_CHANNEL, STATE_PREFIX, WAITING_PREFIX } from './redis-names.js';
import { ATTEMPT_SPAN } from './token-stream.js';

/*
 * The scripts that write. They name the keys of a session themselves, by its id, so they need one Redis, not a cluster.
 *
 * A connection that is cut before Redis has answered leaves open whether a command ran, and the client sends it again.
 * What names the last command stands with what came of it, so no event is appended twice.
 */

const SHARED = /* lua */ `
local call = redis.call

local function rpush(command, key, from)
  local length
  for first = from, #ARGV, 1000 do
    length = call(command, key, unpack(ARGV, first, math.min(#ARGV, first + 999)))
  end
  return length or call('LLEN', key)
end

local function close(session, attempt)
  call('RENAME', '${EVENTS_PREFIX}' .. session .. ':' .. attempt, '${EVENTS_PREFIX}' .. session)
  call('HDEL', '${STATE_PREFIX}' .. session, 'writer')
end
`;

/**
 * ARGV: what names this command among all, TTL in seconds, the writer, session, attempt, 1 if the last event is final or 0,
 * then the events. Returns the processes that waited for the log, or -1 where it belongs to this attempt or a later one.
 *
 * All who read are told to look where others may wait than those: for a later attempt, or because they were forgotten. So
 * they are where there are events already, and where the answer to the same command was lost.
 */
export const beginLua = /* lua */ `${SHARED}
local command, ttl, writer, session, attempt, final = unpack(ARGV, 1, 6)
local state, events = '${STATE_PREFIX}' .. session, '${EVENTS_PREFIX}' .. session
local earlier, begun = unpack(call('HMGET', state, 'attempt', 'begun'))
if earlier and tonumber(earlier) >= tonumber(attempt) then
  if begun ~= command then return -1 end
  call('PUBLISH', '${LOOK_CHANNEL}', session .. ' ' .. attempt)
  return {}
end
call('DEL', state, events)
for older = 1, attempt - 1 do call('DEL', events .. ':' .. older) end
call('HSET', state, 'attempt', attempt, 'begun', command)
if final == '0' then
  call('HSET', state, 'writer', writer)
  events = events .. ':' .. attempt
end
call('RPUSH', events, attempt)
rpush('RPUSH', events, 7)
call('EXPIRE', events, ttl)
call('EXPIRE', state, ttl)
local waiting = call('SMEMBERS', '${WAITING_PREFIX}' .. session)
call('DEL', '${WAITING_PREFIX}' .. session)
if attempt ~= '1' or #ARGV > 6 or #waiting == 0 then
  call('PUBLISH', '${LOOK_CHANNEL}', session .. ' ' .. attempt)
end
return waiting
`;

/**
 * An append to a log that another process began, or this one so long ago that it may be gone. ARGV: as for a beginning.
 * Returns the last number, or -1 where the log does not belong to the attempt, has ended, or is gone.
 */
export const appendElsewhereLua = /* lua */ `${SHARED}
local command, ttl, writer, session, attempt, final = unpack(ARGV, 1, 6)
local state = '${STATE_PREFIX}' .. session
local owner, open, told = unpack(call('HMGET', state, 'attempt', 'writer', 'told'))
local earlier, outcome = string.match(told or '', '^(%S+) (%S+)$')
if earlier == command then return tonumber(outcome) end
if owner ~= attempt or not open then return -1 end
local events = '${EVENTS_PREFIX}' .. session .. ':' .. attempt
local length = rpush('RPUSHX', events, 7)
if length == 0 then return -1 end
local last = (attempt - 1) * ${ATTEMPT_SPAN} + length - 1
call('HSET', state, 'told', command .. ' ' .. last)
call('EXPIRE', events, ttl)
call('EXPIRE', state, ttl)
if final == '1' then close(session, attempt) end
call('PUBLISH', '${LOOK_CHANNEL}', session)
return last
`;

/**
 * The appends of many sessions to logs that this process began. KEYS[1] says what came of its last batch. ARGV: the batch'
 * number and the TTL in seconds; how many events, of how many sessions the logs are to live on, how many end; the lengths
 * that the lists have to get, a space between them, and their sum; then for each event its list and itself; for each log
 * that is to live on, session and attempt; for each that ends, the place of its last event, session and attempt; for each
 * process its channel and what it is told.
 *
 * A list that is not there refuses, which is what fences an older attempt: beginning a later one drops it. A list of
 * another length has lost events that readers may have seen, and would take what gets their numbers for what they have: it
 * is dropped before anybody is told, as if it was lost whole.
 *
 * Returns an empty text where everything went well; else, for each event, 1 or 0 where it was refused, and told nobody; or
 * nothing at all where a later batch of the writer came first. The first loop runs for each token: nothing else may.
 */
export const appendLua = /* lua */ `${SHARED}
local found = call('GET', KEYS[1])
if found then
  local batch, answer = string.match(found, '^(%d+) (%d*)$')
  if batch == ARGV[1] then return answer end
  if tonumber(batch) > tonumber(ARGV[1]) then return false end
end
local ttl, pushes, renewals, endings = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local lengths, count, sum = {}, 0, 0
local at = 8 + 2 * pushes
for i = 8, at - 1, 2 do
  local length = call('RPUSHX', ARGV[i], ARGV[i + 1])
  count = count + 1
  lengths[count] = length
  sum = sum + length
end

local well = sum == tonumber(ARGV[7])
local outcomes = {}
if not well then
  for expected in string.gmatch(ARGV[6], '%d+') do
    local place = #outcomes + 1
    local right = lengths[place] == tonumber(expected)
    if not right and lengths[place] > 0 then
      local key = ARGV[6 + 2 * place]
      call('DEL', key, '${STATE_PREFIX}' .. string.match(key, '^${EVENTS_PREFIX}(.*):%d+$'))
    end
    outcomes[place] = right and 1 or 0
  end
end
for _ = 1, renewals do
  call('EXPIRE', '${STATE_PREFIX}' .. ARGV[at], ttl)
  call('EXPIRE', '${EVENTS_PREFIX}' .. ARGV[at] .. ':' .. ARGV[at + 1], ttl)
  at = at + 2
end
for _ = 1, endings do
  if well or outcomes[tonumber(ARGV[at])] == 1 then close(ARGV[at + 1], ARGV[at + 2]) end
  at = at + 3
end
if well then
  for i = at, #ARGV, 2 do call('PUBLISH', ARGV[i], ARGV[i + 1]) end
end
local answer = table.concat(outcomes)
call('SET', KEYS[1], ARGV[1] .. ' ' .. answer, 'EX', ttl)
return answer
`;
