import { BEGUN_CHANNEL, EVENTS_PREFIX, READERS_PREFIX, STATE_PREFIX } from './redis-names.js';
import { ATTEMPT_SPAN } from './token-stream.js';

/*
 * The scripts that write. They name the keys of a session themselves, by its id, so they need one Redis, not a cluster.
 * The state of a session is a hash:
 *   attempt   whom the log belongs to
 *   begun     which command began the attempt
 *   writer    until the final event has been appended: the key of the process that began the attempt
 * What an append has to know of a session is not there but with its writer, for there is one append for each token: so a
 * batch asks one hash for all its sessions. It lives for as long as what its process wrote last:
 *   batch, answer   the last batch and what came of it
 *   a session's id  its log is open: the attempt, a colon, and the ids of the processes that read it, a space after each
 *
 * A connection that is cut before Redis has answered leaves open whether a command ran, and the client sends it again.
 * `begun` and `batch` tell a command that has run from a new one, so no event is appended twice.
 */

/** Events that are longer than this are not published: their readers read them from the list. */
const PUBLISHED_LENGTH = 64 * 1024;

/** A hash that holds one longer value is a table to Redis; a small one would be a list, searched from its head. */
const WIDE_VALUE = '.'.repeat(65);

/**
 * `push` appends the arguments `from` to `to` to the list of a session that is as open as `log` says, and returns the last
 * number as text. `expected` is that number too; where it is none of the attempt's, the writer does not know.
 *
 * `publish` tells each process that reads what was appended, in one message: a JSON array of sessions, one of the numbers
 * that their events begin with, and one of the events, an array again unless it is a single one. What is too long to be
 * published is an empty array, with the number of what comes next.
 *
 * Where the last number is not the expected one, Redis has lost what the writer was told is there: the readers may have
 * seen it, and would take what gets its numbers for what they have. Then `push` tells nobody and returns nothing.
 *
 * Every line of these runs for each token: texts are joined once for each message, and no number is made into text.
 */
const SHARED = /* lua */ `
local call = redis.call
local messages, logs = {}, {}

local function parse(open)
  local attempt, readers = string.match(open, '^(%d+):(.*)$')
  local log = { before = (attempt - 1) * ${ATTEMPT_SPAN} }
  for process in string.gmatch(readers, '%S+') do
    messages[process] = messages[process] or { size = 0, sessions = {}, firsts = {}, runs = {} }
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
  local last, place = expected, expected - log.before
  if place <= 0 then last = log.before + length .. ''
  elseif place ~= length then return
  end
  if length == count then call('EXPIRE', key, ttl) end
  if log[1] and count > 0 then
    local first, run = last, ARGV[to]
    if count > 1 then first, run = last - count + 1, '[' .. table.concat(ARGV, ',', from, to) .. ']' end
    if #run > ${PUBLISHED_LENGTH} then first, run = last + 1, '[]' end
    for i = 1, #log do
      local message = log[i]
      local size = message.size + 1
      message.size, message.sessions[size], message.firsts[size], message.runs[size] = size, session, first, run
    end
  end
  return last
end

local function publish()
  for process, message in pairs(messages) do
    if message.size > 0 then
      local sessions, firsts = table.concat(message.sessions, '","'), table.concat(message.firsts, ',')
      local text = '[["' .. sessions .. '"],[' .. firsts .. '],[' .. table.concat(message.runs, ',') .. ']]'
      call('PUBLISH', '${READERS_PREFIX}' .. process, text)
    end
  end
end
`;

/**
 * KEYS[1] is the writer's. ARGV: what names this command among all, TTL in seconds, session, attempt, 1 if the last event
 * is final or 0, then the events. Returns 1, or -1 where the log belongs to this attempt or a later one.
 */
export const beginLua = /* lua */ `${SHARED}
local writer, ttl, session, attempt = KEYS[1], ARGV[2], ARGV[3], ARGV[4]
local state = '${STATE_PREFIX}' .. session
local earlier, begun, earlierWriter = unpack(call('HMGET', state, 'attempt', 'begun', 'writer'))
if earlier and tonumber(earlier) >= tonumber(attempt) then return begun == ARGV[1] and 1 or -1 end
local earlierOpen = earlierWriter and call('HGET', earlierWriter, session)
local open = attempt .. ':' .. (earlierOpen and string.match(earlierOpen, ':(.*)$') or '')
call('DEL', state, '${EVENTS_PREFIX}' .. session)
call('HSET', state, 'attempt', attempt, 'begun', ARGV[1])
if earlierOpen then call('HDEL', earlierWriter, session) end
if ARGV[5] == '0' then
  call('HSET', state, 'writer', writer)
  call('HSET', writer, session, open, 'wide', '${WIDE_VALUE}')
  call('EXPIRE', writer, ttl)
end
call('EXPIRE', state, ttl)
push(session, parse(open), 6, #ARGV, ttl, (attempt - 1) * ${ATTEMPT_SPAN})
publish()
if not earlierOpen then call('PUBLISH', '${BEGUN_CHANNEL}', session) end
return 1
`;

/**
 * The appends of many sessions. KEYS[1] is the writer's. ARGV: the batch' number, TTL in seconds, how many appends; their
 * sessions; for each append the number that the last event has to get (where the writer did not begin the log, the one
 * before the attempt's first), how many events (negative if the last one is final), and the events; then the sessions
 * whose logs are to live on for the whole TTL.
 *
 * Returns the outcomes, a space between them: the last number, or -1 where the attempt may no longer write; or nothing
 * at all where a later batch of the writer came first. A log that has lost events is dropped, as if it was lost whole.
 */
export const appendLua = /* lua */ `${SHARED}
local writer, ttl, size = KEYS[1], ARGV[2], tonumber(ARGV[3])
local found = call('HMGET', writer, 'batch', 'answer', unpack(ARGV, 4, 3 + size))
if found[1] == ARGV[1] then return found[2] end
if found[1] and tonumber(found[1]) > tonumber(ARGV[1]) then return false end

local function lookUp(session)
  local home = call('HGET', '${STATE_PREFIX}' .. session, 'writer')
  return home and call('HGET', home, session), home
end

local outcomes, over = {}, {}
local index = 4 + size
for i = 1, size do
  local session, expected, count = ARGV[3 + i], ARGV[index], ARGV[index + 1]
  local from = index + 2
  local to = count == '1' and from or index + 1 + math.abs(count)
  local open, home = found[2 + i], writer
  if expected % ${ATTEMPT_SPAN} == 0 then open, home = lookUp(session) end
  local log = open and not over[session] and (logs[open] or parse(open))
  local place = log and expected - log.before
  local last
  if place and place >= 0 and place < ${ATTEMPT_SPAN} then
    last = push(session, log, from, to, ttl, expected)
    if not last or tonumber(count) < 0 then
      over[session] = true
      call('HDEL', home, session)
      call('HDEL', '${STATE_PREFIX}' .. session, 'writer')
      if not last then call('DEL', '${STATE_PREFIX}' .. session, '${EVENTS_PREFIX}' .. session) end
    end
    if home ~= writer then call('EXPIRE', home, ttl) end
  end
  outcomes[i] = last or '-1'
  index = to + 1
end
for i = index, #ARGV do
  call('EXPIRE', '${STATE_PREFIX}' .. ARGV[i], ttl)
  call('EXPIRE', '${EVENTS_PREFIX}' .. ARGV[i], ttl)
end
publish()
local answer = table.concat(outcomes, ' ')
call('HSET', writer, 'batch', ARGV[1], 'answer', answer)
call('EXPIRE', writer, ttl)
return answer
`;
