package conformance_test

import (
	"fmt"
	"strings"
)

// whenAble are the capabilities that a client must have for a server to send something.
var whenAble = map[string]string{
	"workspace/configuration":        "workspace.configuration",
	"workspace/applyEdit":            "workspace.applyEdit",
	"workspace/workspaceFolders":     "workspace.workspaceFolders",
	"workspace/codeLens/refresh":     "workspace.codeLens.refreshSupport",
	"workspace/inlayHint/refresh":    "workspace.inlayHint.refreshSupport",
	"workspace/diagnostic/refresh":   "workspace.diagnostics.refreshSupport",
	"window/workDoneProgress/create": "window.workDoneProgress",
	"window/showDocument":            "window.showDocument.support",
}

// dynamic are the capabilities that a client must have for a server to register something.
var dynamic = map[string]string{
	"workspace/didChangeWatchedFiles":  "workspace.didChangeWatchedFiles.dynamicRegistration",
	"workspace/didChangeConfiguration": "workspace.didChangeConfiguration.dynamicRegistration",
}

// heed holds a message against the protocol, and does what an editor does with it.
func (e *editor) heed(m message) {
	e.t.Helper()
	switch {
	case m.JSONRPC != "2.0":
		e.t.Fatalf("no message: %+v", m)
	case m.Method == "":
		e.heedAnswer(m)
	case m.ID != nil:
		e.heedRequest(m)
	default:
		e.heedNotification(m)
	}
}

func (e *editor) heedAnswer(m message) {
	e.t.Helper()
	method, ok := e.asked[string(m.ID)]
	if !ok {
		e.t.Fatalf("an answer to nothing: %+v", m)
	}
	delete(e.asked, string(m.ID))
	if m.Error != nil {
		if m.Error.Message == "" || m.Error.Code >= 0 {
			e.t.Errorf("%s: the error %+v", method, *m.Error)
		}
		return
	}
	r := e.model.requests[method]
	if r == nil {
		e.t.Fatalf("%s has a result, and the protocol does not know it", method)
	}
	if err := e.model.check(r.Result, m.Result, method); err != nil {
		e.t.Errorf("the result of %v", err)
	}
}

func (e *editor) heedRequest(m message) {
	e.t.Helper()
	r := e.model.requests[m.Method]
	e.allowed(r, m)
	var result any
	switch m.Method {
	case "workspace/configuration":
		items, _ := get(m.Params, "items").([]any)
		result = make([]any, len(items))
	case "workspace/applyEdit":
		e.apply(get(m.Params, "edit"))
		result = object{"applied": true}
	case "window/workDoneProgress/create":
		e.tokens[fmt.Sprint(get(m.Params, "token"))] = true
	case "client/registerCapability":
		e.registered(m.Params)
	}
	e.write(object{"id": m.ID, "result": result})
}

func (e *editor) registered(params any) {
	e.t.Helper()
	list, _ := get(params, "registrations").([]any)
	for _, one := range list {
		method, _ := get(one, "method").(string)
		if dynamic[method] == "" || !has(e.capabilities, dynamic[method]) {
			e.t.Errorf("%s is registered with a client that cannot do that", method)
			continue
		}
		if err := e.model.check(e.model.notifications[method].RegistrationOptions, get(one, "registerOptions"), method); err != nil {
			e.t.Errorf("the registration of %v", err)
		}
	}
}

// allowed fails unless a server may send that to this client.
func (e *editor) allowed(r *request, m message) {
	e.t.Helper()
	if r == nil || r.MessageDirection == "clientToServer" {
		e.t.Fatalf("no message that servers send: %+v", m)
	}
	if needs := whenAble[m.Method]; needs != "" && !has(e.capabilities, needs) {
		e.t.Errorf("%s is sent to a client without %s", m.Method, needs)
	}
	if r.Params == nil {
		return
	}
	if err := e.model.check(r.Params, m.Params, m.Method); err != nil {
		e.t.Errorf("the parameters of %v", err)
	}
}

func (e *editor) heedNotification(m message) {
	e.t.Helper()
	e.allowed(e.model.notifications[m.Method], m)
	switch m.Method {
	case "textDocument/publishDiagnostics":
		uri, _ := get(m.Params, "uri").(string)
		items, _ := get(m.Params, "diagnostics").([]any)
		if e.pulls() && strings.HasSuffix(uri, ".py") {
			e.t.Errorf("published to a client that asks: %v", m.Params)
		}
		e.fits(items, "textDocument.publishDiagnostics")
		e.published[uri] = append(e.published[uri], publication{get(m.Params, "version"), items})
	case "$/progress":
		if token := fmt.Sprint(get(m.Params, "token")); !e.tokens[token] {
			e.t.Errorf("progress of %s, which was not created", token)
		}
	case "window/logMessage", "window/showMessage":
		e.t.Errorf("the server complains: %v", m.Params)
	}
}

// pulls reports whether the diagnostics of documents are asked for in this session.
func (e *editor) pulls() bool { return has(e.offered, "diagnosticProvider") }

// fits fails if diagnostics have something that the client does not know.
func (e *editor) fits(items []any, able string) {
	e.t.Helper()
	for property, needs := range map[string]string{"relatedInformation": ".relatedInformation", "tags": ".tagSupport", "codeDescription": ".codeDescriptionSupport"} {
		for _, d := range items {
			if get(d, property) != nil && !has(e.capabilities, able+needs) && !has(e.capabilities, "textDocument.publishDiagnostics"+needs) {
				e.t.Errorf("a diagnostic has %s, and the client has no %s", property, able+needs)
			}
		}
	}
}
