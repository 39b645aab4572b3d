import { BEGUN_CHANNEL, EVENTS_PREFIX, READERS_PREFIX, STATE_PREFIX } from './redis-names.js';
import { ATTEMPT_SPAN } from './token-stream.js';

/*
 * The scripts that write. They name the keys of a session themselves, by its id, so they need one Redis, not a cluster.
 * The state of a session is a hash:
 *   attempt   whom the log belongs to
 *   begun     which command began the attempt
 *   open      until the final event has been appended: the attempt, a colon, and the ids of the processes that read the
 *             log, a space after each. All that an append has to know, for there is one for each token.
 *
 * A connection that is cut before Redis has answered leaves open whether a command ran, and the client sends it again.
 * `begun`, and for batches the writer's key, tell a command that has run from a new one, so no event is appended twice.
 */

/** Events that are longer than this are not published: their readers read them from the list. */
const PUBLISHED_LENGTH = 64 * 1024;

/**
 * `push` appends the arguments `from` to `to` to the list of a session that is as open as `log` says, tells the processes
 * that read it, and returns the last number as text. A process gets one message: a JSON array of runs, each
 * `["session", number of the first event, event, …]`. A run that is too long to be published has no event, and the
 * number of the one that comes next.
 *
 * Where the last number is not `expected` (which may be empty), Redis has lost what the writer was told is there: the
 * readers may have seen it, and would take what gets its numbers for what they have. Such a log is dropped, and is
 * like one that was lost whole; the answer is -1.
 */
const SHARED = /* lua */ `
local call = redis.call
local messages, logs = {}, {}

local function parse(open)
  local attempt, readers = string.match(open, '^(%d+):(.*)$')
  local log = { attempt = attempt, before = (attempt - 1) * ${ATTEMPT_SPAN} }
  for process in string.gmatch(readers, '%S+') do
    messages[process] = messages[process] or {}
    log[#log + 1] = messages[process]
  end
  logs[open] = log
  return log
end

local function rpush(key, from, to)
  local length
  for first = from, to, 1000 do
    length = call('RPUSH', key, unpack(ARGV, first, math.min(to, first + 999)))
  end
  return length or call('LLEN', key)
end

local function push(session, log, from, to, ttl, expected)
  local key = '${EVENTS_PREFIX}' .. session
  local count = to - from + 1
  local length = count == 1 and call('RPUSH', key, ARGV[to]) or rpush(key, from, to)
  local last = log.before + length .. ''
  if expected ~= '' and expected ~= last then
    call('DEL', '${STATE_PREFIX}' .. session, key)
    return '-1'
  end
  if length == count then call('EXPIRE', key, ttl) end
  if log[1] and count > 0 then
    local first = count == 1 and last or last - count + 1
    local events = count == 1 and ARGV[to] or table.concat(ARGV, ',', from, to)
    local run
    if #events > ${PUBLISHED_LENGTH} then
      run = '["' .. session .. '",' .. (last + 1) .. ']'
    else
      run = '["' .. session .. '",' .. first .. ',' .. events .. ']'
    end
    for i = 1, #log do log[i][#log[i] + 1] = run end
  end
  return last
end

local function publish()
  for process, message in pairs(messages) do
    if message[1] then call('PUBLISH', '${READERS_PREFIX}' .. process, '[' .. table.concat(message, ',') .. ']') end
  end
end
`;

/**
 * ARGV: what names this command among all, TTL in seconds, session, attempt, 1 if the last event is final or 0, then
 * the events. Returns 1, or -1 where the log belongs to this attempt or a later one.
 */
export const beginLua = /* lua */ `${SHARED}
local session, attempt = ARGV[3], ARGV[4]
local state = '${STATE_PREFIX}' .. session
local earlier, begun, open = unpack(call('HMGET', state, 'attempt', 'begun', 'open'))
if earlier and tonumber(earlier) >= tonumber(attempt) then return begun == ARGV[1] and 1 or -1 end
open = attempt .. ':' .. (open and string.match(open, ':(.*)$') or '')
call('DEL', state, '${EVENTS_PREFIX}' .. session)
call('HSET', state, 'attempt', attempt, 'begun', ARGV[1])
if ARGV[5] == '0' then call('HSET', state, 'open', open) end
call('EXPIRE', state, ARGV[2])
push(session, parse(open), 6, #ARGV, ARGV[2], '')
publish()
if not earlier then call('PUBLISH', '${BEGUN_CHANNEL}', session) end
return 1
`;

/**
 * The appends of many sessions. KEYS[1] is the writer's. ARGV: the batch' number, TTL in seconds, how many logs are to
 * live on for the whole TTL, their sessions, then for each append: session, attempt, the number that the last event has
 * to get (empty where the writer did not begin the log), how many events (negative if the last one is final), the events.
 * Returns the outcomes, a space between them: the last number, or -1 where the attempt may no longer write; or nothing
 * at all where a later batch of the writer came first.
 */
export const appendLua = /* lua */ `${SHARED}
local earlier = call('GET', KEYS[1])
if earlier then
  local number, outcomes = string.match(earlier, '^(%d+):(.*)$')
  if number == ARGV[1] then return outcomes end
  if tonumber(number) > tonumber(ARGV[1]) then return false end
end
local ttl = ARGV[2]
local renewed = 3 + ARGV[3]
local outcomes = {}
local index, size = renewed + 1, #ARGV
while index < size do
  local session, count = ARGV[index], ARGV[index + 3]
  local open = call('HGET', '${STATE_PREFIX}' .. session, 'open')
  local log = open and (logs[open] or parse(open))
  local last = index + 3 + math.abs(count)
  local outcome = '-1'
  if log and log.attempt == ARGV[index + 1] then
    outcome = push(session, log, index + 4, last, ttl, ARGV[index + 2])
    if tonumber(count) < 0 then call('HDEL', '${STATE_PREFIX}' .. session, 'open') end
  end
  outcomes[#outcomes + 1] = outcome
  index = last + 1
end
for i = 4, renewed do
  call('EXPIRE', '${STATE_PREFIX}' .. ARGV[i], ttl)
  call('EXPIRE', '${EVENTS_PREFIX}' .. ARGV[i], ttl)
end
publish()
local answer = table.concat(outcomes, ' ')
call('SET', KEYS[1], ARGV[1] .. ':' .. answer, 'EX', ttl)
return answer
`;
