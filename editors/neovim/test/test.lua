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

  require("sessionlint").setup({ cmd = { program, "server" }, settings = { ignore = { "SES201" } } })
  local file = sample .. "/sample_app/routes/overview.py"
  vim.cmd("edit " .. vim.fn.fnameescape(file))
  vim.bo.filetype = "python" -- a second event for one buffer must not start a second server
  local buffer = vim.api.nvim_get_current_buf()

  within(function() return #vim.diagnostic.get(buffer) == 1 end, "one diagnostic")
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  check(#clients == 1 and clients[1].config.init_options.ignore[1] == "SES201", "one client, with the settings")
  local d = vim.diagnostic.get(buffer)[1]
  check(d.source == "sessionlint" and d.code == "SES101", "source and code")
  check(d.severity == vim.diagnostic.severity.ERROR, "severity")
  local line = vim.api.nvim_buf_get_lines(buffer, d.lnum, d.lnum + 1, true)[1]
  check(line:sub(d.col + 1):find("^session%.scalars"), "position: " .. line)

  -- What the server tells of the session at the diagnostic.
  vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col + 2 })
  check(vim.fn.exists(":SessionTimeline") == 2, "there is a command for the timeline")
  local shown
  local preview = vim.lsp.util.open_floating_preview
  vim.lsp.util.open_floating_preview = function(lines) shown = lines end
  vim.cmd("SessionTimeline")
  within(function() return shown end, "the timeline comes")
  check(table.concat(shown, "\n"):find("Session session in .*opened.*closes it"), "the timeline tells the life: " .. table.concat(shown, "; "))
  shown = nil
  vim.lsp.commands["sessionlint.showSessionTimeline"]({
    arguments = { { uri = vim.uri_from_bufnr(buffer), position = { line = d.lnum, character = d.col } } },
  })
  within(function() return shown end, "the timeline of a lens comes")
  vim.lsp.util.open_floating_preview = preview
  local told_of
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  vim.lsp.buf_request(buffer, "textDocument/hover", params, function(_, result) told_of = result end)
  within(function() return told_of end, "hover comes")
  check(told_of.contents.kind == "markdown" and told_of.contents.value:find("Transaction", 1, true), "hover tells how the session stands")

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
