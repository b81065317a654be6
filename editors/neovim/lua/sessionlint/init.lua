-- Starts the language server `sessionlint server` for Python buffers. What it
-- finds and how it mends it is the server's business.
--
--   require("sessionlint").setup()
--   require("sessionlint").setup({ cmd = { "/opt/sessionlint", "server" } })
local M = {}

local defaults = {
  cmd = { "sessionlint", "server" },
  root_markers = { "pyproject.toml", "setup.cfg", "setup.py", ".git" },
  settings = vim.empty_dict(), -- {} would be a list to the server
}

--- The nearest folder above a file that holds one of the names, else the file's own.
local function root_of(file, names)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local at = folder
  while true do
    for _, name in ipairs(names) do
      if vim.fn.glob(at .. "/" .. name) ~= "" then
        return at
      end
    end
    local above = vim.fn.fnamemodify(at, ":h")
    if above == at then
      return folder
    end
    at = above
  end
end

-- Neovim 0.7 has no vim.lsp.start: one client for each root is kept here.
local clients = {}

local function attach(buffer, options)
  local root = root_of(vim.api.nvim_buf_get_name(buffer), options.root_markers)
  local config = {
    name = "sessionlint",
    cmd = options.cmd,
    root_dir = root,
    init_options = options.settings,
    settings = { sessionlint = options.settings },
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  if not clients[root] then
    -- client_is_stopped() is true of a client that is still starting, too.
    config.on_exit = function()
      clients[root] = nil
    end
    clients[root] = vim.lsp.start_client(config)
  end
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

--- Starts the server for every Python buffer from now on. Options: `cmd`, the
--- program and its arguments; `root_markers`, the names that make a folder the
--- root of a project; `settings`, those of the server, such as `ignore`.
function M.setup(options)
  options = vim.tbl_extend("force", defaults, options or {})
  if vim.fn.executable(options.cmd[1]) == 0 then
    vim.notify(
      ("sessionlint cannot start: %s is no program. Install sessionlint, or call setup({ cmd = … })."):format(options.cmd[1]),
      vim.log.levels.ERROR
    )
    return
  end
  require("sessionlint.timeline").setup()
  if vim.lsp.config and vim.lsp.enable then -- 0.11 and later
    vim.lsp.config("sessionlint", {
      cmd = options.cmd,
      filetypes = { "python" },
      root_markers = options.root_markers,
      init_options = options.settings,
      settings = { sessionlint = options.settings },
    })
    vim.lsp.enable("sessionlint")
    return
  end
  local group = vim.api.nvim_create_augroup("sessionlint", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = "python",
    callback = function(event)
      attach(event.buf, options)
    end,
  })
end

return M
