-- Adds an alert to the stream of them, whose identifiers are their sequence numbers.
-- KEYS: 1 witness, 2 alerts. ARGV: 1 alert, 2 its mark: sent again, it is there once; 3 how many are kept.
local witness = redis.call('GET', KEYS[1])
if not witness then return redis.error_reply('EMPTIED no witness') end
local number = 0
for n, row in ipairs(redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 64)) do
  if row[2][4] == ARGV[2] then
    -- Something is written, so that replicas are waited for.
    redis.call('SET', KEYS[1], witness)
    return 1
  end
  if n == 1 then number = tonumber(string.match(row[1], '^%d+')) end
end
redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[3], string.format('%.0f-0', number + 1), 'a', ARGV[1], 'm', ARGV[2])
return 1
