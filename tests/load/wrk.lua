-- Sends the requests of a file, one a line (METHOD TARGET, and perhaps a JSON body), in order and over again.

local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, target, body = line:match("^(%S+) (%S+) ?(.*)$")
    if body == "" then
      requests[#requests + 1] = wrk.format(method, target)
    else
      requests[#requests + 1] = wrk.format(method, target, { ["Content-Type"] = "application/json" }, body)
    end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

-- How many requests, in how many microseconds, and how many of them failed.
function done(summary)
  local e = summary.errors
  io.write(string.format("DONE %d %d %d\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout))
end
