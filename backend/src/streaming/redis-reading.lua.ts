import { EVENTS_PREFIX, STATE_PREFIX, WAITING_PREFIX, WRITER_PREFIX } from './redis-names.js';
import { ATTEMPT_SPAN } from './token-stream.js';

/** Whoever waits and hears nothing looks every few seconds, and is remembered anew. */
const WAITING_SECONDS = 60;

/**
 * Reads logs and tells their writers that this process reads them, and how far; or that it does no longer. Where there is
 * no log yet, that is remembered for whoever begins it.
 *
 * ARGV: the process, how many bytes of events one answer has room for and how many all of them, then for each request:
 * session, the number that the reader has (empty where the process leaves). Returns the answers to the first requests,
 * as far as there is room. An answer is empty where there is no log, else the number of the first event that follows and
 * that of the log's last event, then the events. Whoever has all of a log that has ended gets its last event again.
 */
export const readLua = /* lua */ `
local process, page, left = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local writers = {}

local function tell(writer, session, last)
  local told = writers[writer] or {}
  told[#told + 1] = '["' .. process .. '","' .. session .. '"' .. (last and ',' .. last or '') .. ']'
  writers[writer] = told
end

local function leave(session)
  local writer = redis.call('HGET', '${STATE_PREFIX}' .. session, 'writer')
  if writer then return tell(writer, session) end
  redis.call('SREM', '${WAITING_PREFIX}' .. session, process)
end

local function join(session, after)
  local attempt, writer = unpack(redis.call('HMGET', '${STATE_PREFIX}' .. session, 'attempt', 'writer'))
  if not attempt then
    -- Not where Redis is full: then nothing begins, and whoever waits is told to look once there is room.
    redis.pcall('SADD', '${WAITING_PREFIX}' .. session, process)
    redis.call('EXPIRE', '${WAITING_PREFIX}' .. session, ${WAITING_SECONDS})
    return {}
  end
  local events = '${EVENTS_PREFIX}' .. session .. (writer and ':' .. attempt or '')
  local before = (attempt - 1) * ${ATTEMPT_SPAN}
  local length = math.max(0, redis.call('LLEN', events) - 1)
  if writer then tell(writer, session, before + length) end
  local index = math.max(0, math.min(after - before, writer and length or length - 1))
  local answer = { before + index + 1, before + length }
  local room = page
  while index < length and room > 0 do
    for _, event in ipairs(redis.call('LRANGE', events, index + 1, index + 32)) do
      if room <= 0 then break end
      answer[#answer + 1] = event
      room = room - #event
      index = index + 1
    end
  end
  left = left - (page - room)
  return answer
end

local answers = {}
for i = 4, #ARGV, 2 do
  if left <= 0 then break end
  local session, after = ARGV[i], ARGV[i + 1]
  answers[#answers + 1] = after == '' and (leave(session) or {}) or join(session, after)
end
for writer, told in pairs(writers) do
  redis.call('PUBLISH', '${WRITER_PREFIX}' .. writer, '[' .. table.concat(told, ',') .. ']')
end
return answers
`;
