/**
 * What is done inside Redis in one piece, in Lua.
 *
 * KEYS: 1 the value, a hash of `value`, `version` and `expires`; 2 all keys of the space, a sorted
 * set in the order of their bytes; 3 those of them that expire, by when they do; 4 the highest version
 * given. ARGV: 1 the time, 2 what the name of every value's hash begins with, then each script's own.
 */
const LIVE_VERSION = `
local now = tonumber(ARGV[1])
local function version_of(name)
  local found = redis.call('HMGET', name, 'version', 'expires')
  if found[2] and tonumber(found[2]) <= now then return false end
  return found[1]
end
local function forget(name, key)
  redis.call('DEL', name)
  redis.call('ZREM', KEYS[2], key)
  redis.call('ZREM', KEYS[3], key)
end
`;

/** ARGV: 3 key, 4 value, 5 expires or nothing, 6 expected or nothing, 7 the least version to give. */
export const PUT = `${LIVE_VERSION}
local key, value, expires, expected, least = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
if expected ~= '' and (version_of(KEYS[1]) or '0') ~= expected then return false end
-- Redis lets go of the values by itself; their names are cleared away a few at a time.
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 10)) do
  forget(ARGV[2] .. old, old)
end
local last = tonumber(redis.call('GET', KEYS[4]) or '0')
local version = string.format('%.0f', math.max(last + 1, tonumber(least)))
redis.call('SET', KEYS[4], version)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'value', value, 'version', version)
redis.call('ZADD', KEYS[2], 0, key)
if expires == '' then
  redis.call('ZREM', KEYS[3], key)
else
  redis.call('HSET', KEYS[1], 'expires', expires)
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, tonumber(expires) - now)))
  redis.call('ZADD', KEYS[3], expires, key)
end
return version
`;

/** ARGV: 3 key, 4 expected or nothing. */
export const DELETE = `${LIVE_VERSION}
local version = version_of(KEYS[1])
if not version or (ARGV[4] ~= '' and version ~= ARGV[4]) then return 0 end
forget(KEYS[1], ARGV[3])
return 1
`;

/** ARGV: 3 and 4 the range, 5 how many at most. */
export const LIST = `${LIVE_VERSION}
local found, start, limit = {}, ARGV[3], tonumber(ARGV[5])
while #found < limit do
  local batch = redis.call('ZRANGEBYLEX', KEYS[2], start, ARGV[4], 'LIMIT', 0, 1000)
  if #batch == 0 then break end
  for _, key in ipairs(batch) do
    if #found < limit and version_of(ARGV[2] .. key) then found[#found + 1] = key end
  end
  start = '(' .. batch[#batch]
end
return found
`;
