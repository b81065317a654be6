-- The plugin in a real Neovim, on a copy of the sample. Run by make test:
--   SESSIONLINT=<program> SAMPLE=<folder> nvim --headless --clean -c 'luafile test.lua'
-- Prints a line for each check, and ends with exit code 1 at the first that fails.
local program, sample = os.getenv("SESSIONLINT"), os.getenv("SAMPLE")
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here, ":h"))
vim.o.swapfile = false

local function say(format, ...)
  io.stdout:write(format:format(...) .. "\n")
end

local function check(holds, name)
  say("%s %s", holds and "ok" or "not ok", name)
  if not holds then
    vim.cmd("cquit 1")
  end
end

local function within(condition, name)
  check(vim.wait(20000, condition, 20), name)
end

local function run()
  local version = vim.version()
  say("# Neovim %d.%d.%d", version.major, version.minor, version.patch)

  local told
  local notify = vim.notify
  vim.notify = function(message) told = message end
  require("sessionlint").setup({ cmd = { "/no/such/sessionlint" } })
  check(told and told:find("Install sessionlint", 1, true), "a program that is missing is told, and what to do")
  vim.notify = notify

  require("sessionlint").setup({ cmd = { program, "server" } })
  local file = sample .. "/sample_app/routes/overview.py"
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  vim.bo.filetype = "python" -- a second event for one buffer must not start a second server
  local buffer = vim.api.nvim_get_current_buf()

  within(function() return #vim.diagnostic.get(buffer) == 1 end, "one diagnostic")
  local d = vim.diagnostic.get(buffer)[1]
  check(d.source == "sessionlint" and d.code == "SES101", "source and code")
  check(d.severity == vim.diagnostic.severity.ERROR, "severity")
  local line = vim.api.nvim_buf_get_lines(buffer, d.lnum, d.lnum + 1, true)[1]
  check(line:sub(d.col + 1):find("^session%.scalars"), "position: " .. line)

  local before = vim.fn.readfile(file)
  vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col + 2 })
  vim.ui.select = function(items, _, choose) choose(items[1], 1) end
  if version.major > 0 or version.minor >= 8 then
    vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.kind == "quickfix" end })
  else
    vim.lsp.buf.code_action()
  end
  within(function()
    return not vim.deep_equal(before, vim.api.nvim_buf_get_lines(buffer, 0, -1, true))
  end, "the fix edits the buffer")
  within(function() return #vim.diagnostic.get(buffer) == 0 end, "no diagnostic is left")
  vim.cmd("silent write")
  local after = vim.fn.readfile(file)
  check(#after == #before and after[d.lnum + 1] ~= line and vim.trim(after[d.lnum + 1]) == vim.trim(line), "the file on disk has the query deeper")
end

local ok, err = xpcall(run, debug.traceback)
if not ok then
  say("not ok %s", err)
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
