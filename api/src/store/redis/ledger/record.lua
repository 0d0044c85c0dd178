-- Records a check of one unit.
-- KEYS: 1 witness, 2 counters, 3 visits, 4 this check by its key, 5 the client, 6 the client as of the day before,
--       7 where the unit stands.
-- ARGV: 1 time (ms), 2 client (8 bytes), 3 client as of the day before, 4 province (1 byte), 5 a visit is kept (ms),
--       6 a repeat is one (ms), 7 a key is known again (ms), 8 visits kept.
-- Returns: known before, counted, count, first check (ms), visits, standing.
-- Reads and judges all of it before it writes any: what is damaged is left as it is.
if redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED no witness') end
local function damaged() return redis.error_reply('CORRUPT a value of the ledger') end
local at = tonumber(ARGV[1])
local counters, ring, standing = redis.call('GET', KEYS[2]), redis.call('GET', KEYS[3]), redis.call('GET', KEYS[7])
local known, counted, before = unpack(redis.call('MGET', KEYS[4], KEYS[5], KEYS[6]))

local count, first = 0, at
if counters then
  local c, f = string.match(counters, '^(%d+) (%d+)$')
  if not c or #c > 15 or #f > 15 then return damaged() end
  count, first = tonumber(c), tonumber(f)
end

ring = ring or ''
if #ring % 15 ~= 0 or #ring > 15 * tonumber(ARGV[8]) then return damaged() end
local over = at - tonumber(ARGV[5])
local mine, mine_at = ARGV[2] .. struct.pack('>I6', at) .. ARGV[4], at
local kept, alive = {}, {}
for n = 1, #ring, 15 do
  local visit, seen = string.sub(ring, n, n + 14), struct.unpack('>I6', ring, n + 8)
  local client = string.sub(visit, 1, 8)
  if seen > over then alive[#alive + 1] = visit end
  if client == ARGV[2] or client == ARGV[3] then
    if seen > mine_at then mine, mine_at = visit, seen end
  elseif seen > over then
    kept[#kept + 1] = {seen, visit}
  end
end

if known then
  local was, what, then_ = string.match(known, '^(%d+) ([nr]) (%d+)$')
  if not was or #was > 15 or #then_ > 15 or not counters then return damaged() end
  if at - tonumber(was) < tonumber(ARGV[7]) then
    -- Written as it is: whoever waits for replicas on this connection waits for what another one brought, too.
    redis.call('SET', KEYS[4], known, 'KEEPTTL')
    return {1, what == 'n' and 1 or 0, then_, string.format('%.0f', first), table.concat(alive), standing}
  end
end

-- The times at which a client was counted, six bytes each, at most four: checks that come late may be out of order.
local repeats = false
counted, before = counted or '', before or ''
for _, times in ipairs({counted, before}) do
  if #times % 6 ~= 0 or #times > 24 then return damaged() end
  for n = 1, #times, 6 do
    if math.abs(at - struct.unpack('>I6', times, n)) < tonumber(ARGV[6]) then repeats = true end
  end
end
repeats = repeats and count > 0

if at < first then first = at end
if not repeats then count = count + 1 end
local place = #kept + 1
while place > 1 and kept[place - 1][1] > mine_at do place = place - 1 end
table.insert(kept, place, {mine_at, mine})
if #kept > tonumber(ARGV[8]) then
  -- The oldest of the place that most are of: no crowd pushes out the last of another place.
  local crowd, most, oldest = {}, 0, 1
  for n = 1, #kept do
    local place = string.sub(kept[n][2], 15)
    crowd[place] = (crowd[place] or 0) + 1
    most = math.max(most, crowd[place])
  end
  while crowd[string.sub(kept[oldest][2], 15)] < most do oldest = oldest + 1 end
  table.remove(kept, oldest)
end
local latest = kept[#kept][1]
for n = 1, #kept do kept[n] = kept[n][2] end
ring = table.concat(kept)

local totals = string.format('%.0f', count)
local began = string.format('%.0f', first)
redis.call('SET', KEYS[2], totals .. ' ' .. began)
redis.call('SET', KEYS[3], ring, 'PXAT', string.format('%.0f', latest + tonumber(ARGV[5])))
redis.call('SET', KEYS[4], ARGV[1] .. (repeats and ' r ' or ' n ') .. totals, 'PX', ARGV[7])
if not repeats then
  redis.call('SET', KEYS[5], struct.pack('>I6', at) .. string.sub(counted, 1, 18), 'PX', ARGV[6])
end
return {0, repeats and 0 or 1, totals, began, ring, standing}
