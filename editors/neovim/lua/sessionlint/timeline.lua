-- The life of the sessions of a function, as the server tells it.
local M = {}

local command = "sessionlint.showSessionTimeline"

--- The lines that tell a story.
function M.lines(story)
  local lines = {}
  for _, session in ipairs(story.sessions) do
    if #lines > 0 then
      table.insert(lines, "")
    end
    table.insert(lines, ("%s %s in %s"):format(session.kind, session.name, story["function"]))
    for _, step in ipairs(session.steps) do
      table.insert(lines, ("%5d  %s"):format(step.line, step.text))
    end
  end
  return lines
end

--- The server's client of a buffer, nil if there is none.
local function client_of(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(get()) do
    if client.name == "sessionlint" and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

--- Asks for the story of a place, that of the cursor if none is given, and shows
--- it in a window that floats.
function M.show(place)
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    vim.notify("sessionlint does not run for this file", vim.log.levels.WARN)
    return
  end
  if not place then
    local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
    place = { uri = at.textDocument.uri, position = at.position }
  end
  local function told(err, story)
    if err or not story or story == vim.NIL then
      vim.notify(err and err.message or "No session is used in the function at the cursor.", vim.log.levels.INFO)
      return
    end
    vim.lsp.util.open_floating_preview(M.lines(story), "text", { border = "rounded", focus_id = "sessionlint.timeline" })
  end
  local params = { command = command, arguments = { place } }
  if vim.fn.has("nvim-0.11") == 1 then
    client:request("workspace/executeCommand", params, told, buffer)
  else
    client.request("workspace/executeCommand", params, told, buffer)
  end
end

--- Makes :SessionTimeline, and has the lens of a function show the same.
function M.setup()
  vim.api.nvim_create_user_command("SessionTimeline", function()
    M.show()
  end, { desc = "Show the life of the sessions in the function at the cursor" })
  vim.lsp.commands[command] = function(lens)
    M.show(lens.arguments and lens.arguments[1])
  end
end

return M
