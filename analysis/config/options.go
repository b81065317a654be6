// Package config reads the configuration of projects: the section
// [tool.sessionlint] of pyproject.toml, sessionlint.toml and .sessionlint.toml.
// It works on texts that it is given, and touches no disk.
//
// [Options] is the one source of what can be set: the decoder, the messages about
// mistakes and the JSON schema are made from its fields.
package config

// Options are the settings of one file, tables last, as TOML wants them.
type Options struct {
	Extend            Path                      `toml:"extend" doc:"Another configuration file, relative to this one, whose settings count where this one has none. Tables are merged by their keys."`
	Select            []Selector                `toml:"select" doc:"The rules that are run, instead of those that are on by default: codes, names, beginnings of codes such as SES2, or ALL. What names a rule more exactly wins."`
	ExtendSelect      []Selector                `toml:"extend-select" doc:"Rules that are run too, such as those that are off by default."`
	Ignore            []Selector                `toml:"ignore" doc:"Rules that are not run."`
	Exclude           []Glob                    `toml:"exclude" doc:"Files and folders that are left out when folders are checked, instead of those that tools make, such as .venv or node_modules."`
	ExtendExclude     []Glob                    `toml:"extend-exclude" doc:"Files and folders that are left out too."`
	SQLAlchemyVersion Version                   `toml:"sqlalchemy-version" doc:"The version of SQLAlchemy that the project uses. A connection of 1.4 may commit by itself what it writes. If it is not set, a lock file, requirements.txt, pyproject.toml, setup.cfg or setup.py tells, or else the calls of a file."`
	SessionFactories  []Name                    `toml:"session-factories" doc:"Functions and classes that give a new session, which whoever calls them has to close: dotted names, in which * stands for any part between two dots. The front may be left out."`
	Closes            []Name                    `toml:"closes" doc:"Functions that close the session that they are given."`
	TakesOwnership    []Name                    `toml:"takes-ownership" doc:"Functions and classes that keep the session that they are given, and see to it that it is closed."`
	Severity          []Entry[Selector, Grade]  `toml:"severity" doc:"How grave the findings of rules are, whatever the rule says itself. What names a rule more exactly wins. A rule that is off is not run."`
	PerFileIgnores    []Entry[Glob, []Selector] `toml:"per-file-ignores" doc:"Rules that are not run for some files. A glob without a slash is about names of files and folders, wherever they are, any other one about paths below the folder of this file; what is in a folder that matches belongs to it."`
}

// An Entry is one key of a table, with its value.
type Entry[K, V any] struct {
	Key   K
	Value V
}
