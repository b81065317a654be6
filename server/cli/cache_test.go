package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sessionlint/analysis/rule/all"
	"sessionlint/server/cli"
)

// versions are the texts that each file of a project can have; "" is none at all.
var versions = map[string][]string{
	"app/db.py": {
		"from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n\nOpen = sessionmaker(create_engine(\"sqlite://\"))\n",
		"from app.base import Open\n",
		"from requests import Session as Open\n",
		"",
	},
	"app/base.py": {
		"from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n\nOpen = sessionmaker(create_engine(\"sqlite://\"))\n",
		"class Open:\n    pass\n",
		"",
	},
	"app/repo.py": {
		"def ask(session):\n    return session.execute(1)\n",
		"from app.deep import ask\n",
		"def ask(session):\n    session.close()\n",
		"\xff",
		"",
	},
	"app/repo/__init__.py":     {"", "", "def ask(session):\n    return session.scalars(2).all()\n"},
	"sessionlint.toml":         {"ignore = ['SES101']\n", "session-factories = ['app.base.Open']\n", "closes = ['app.deep.ask']\n", "severity.SES1 = 'info'\n", "select = [\n", "", ""},
	"app/sessionlint.toml":     {"extend = '../sessionlint.toml'\n", "per-file-ignores = { 'views.py' = ['SES102'] }\n", "", "", "", ""},
	"app/far/sessionlint.toml": {"closes = ['vendor.done']\n", "", ""},
	"app/far/end.py":           {"from vendor import done\n\n\ndef end(session):\n    done(session)\n"},
	"app/leaks.py":             {"from sqlalchemy.orm import Session\n\nfrom app.far.end import end\n\n\ndef read():\n    session = Session()\n    session.execute(1)\n    end(session)\n"},
	"app/deep.py":              {"def ask(session):\n    return None\n", "def ask(session):\n    session.commit()\n", ""},
	"app/views.py": {
		"from app.db import Open\nfrom app.repo import ask\n\n\ndef read():\n    with Open() as session:\n        pass\n    return ask(session)\n",
		"from app.db import Open\nfrom app.repo import ask\n\n\ndef read():\n    session = Open()\n    return ask(session)\n",
		"from app.repo import ask\n\n\nasync def read(session):\n    session.commit()\n    ask(session)  # sessionlint: ignore[SES101]\n",
	},
}

// TestCacheChangesNothing makes random changes to a project, and compares what
// is found with the cache, which sometimes is damaged, and without it.
func TestCacheChangesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	random := rand.New(rand.NewPCG(1, 2))
	different := map[string]bool{}
	for range 150 {
		for _, path := range slices.Sorted(maps.Keys(versions)) {
			texts := versions[path]
			if random.IntN(4) == 0 {
				put(t, path, texts[random.IntN(len(texts))])
			}
		}
		kept, err := filepath.Glob(".sessionlint_cache/??/*")
		if err != nil {
			t.Fatal(err)
		}
		if len(kept) > 0 && random.IntN(5) == 0 {
			if err := os.Truncate(kept[random.IntN(len(kept))], int64(random.IntN(200))); err != nil {
				t.Fatal(err)
			}
		}
		format := []string{"--output-format=json", "--output-format=text"}[random.IntN(2)]
		jobs := fmt.Sprint("-j", 1+random.IntN(3))
		want := checked(t, "check", "app", format, "-j1", "--no-cache")
		for range 2 {
			if got := checked(t, "check", "app", format, jobs); got != want {
				t.Fatalf("with the cache:\n%s\nwithout:\n%s", got, want)
			}
		}
		different[want] = true
	}
	if len(different) < 10 {
		t.Errorf("the changes gave only %d different outputs", len(different))
	}
}

// put writes a file, or removes it if its text is "".
func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if text == "" {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func checked(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := cli.Run(context.Background(), args, cli.Options{
		Rules: all.Rules(), Checker: cli.NewChecker, Out: &out, Err: &errs,
		Getenv: func(string) string { return "" }, Build: func() string { return "one" },
	})
	return fmt.Sprint(code, "\n", out.String(), errs.String())
}
