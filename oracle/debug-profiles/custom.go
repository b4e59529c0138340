package main

// customCase is one partial container for --custom, tried on top of each of the profiles.
type customCase struct {
	target   string
	custom   string
	profiles []string
}

var (
	all     = profiles
	general = []string{"general"}
)

var customCases = []customCase{
	// which user: the profile's other fields stay
	{"plain", `{"securityContext":{"runAsUser":1000,"runAsGroup":1000}}`, all},
	{"plain", `{"securityContext":{"runAsNonRoot":false}}`, []string{"general", "restricted", "netadmin", "sysadmin"}},
	{"restricted", `{"securityContext":{"runAsNonRoot":false,"runAsUser":0}}`, []string{"general", "netadmin", "sysadmin"}},

	// lists of capabilities: is a given list added to the profile's or put in its place?
	{"plain", `{"securityContext":{"capabilities":{"add":["KILL"]}}}`, []string{"general", "restricted", "netadmin"}},
	{"plain", `{"securityContext":{"capabilities":{"drop":["ALL"]}}}`, []string{"general", "baseline", "netadmin"}},
	{"plain", `{"securityContext":{"capabilities":{"add":[]}}}`, general},

	// can a field of the profile be taken back?
	{"plain", `{"securityContext":{"capabilities":null}}`, general},
	{"plain", `{"securityContext":null}`, general},
	{"plain", `{"securityContext":{"privileged":false}}`, []string{"sysadmin"}},
	{"plain", `{"securityContext":{"allowPrivilegeEscalation":true,"seccompProfile":{"type":"Unconfined"}}}`, []string{"restricted"}},

	{"plain", `{"securityContext":{"readOnlyRootFilesystem":true,"seccompProfile":{"type":"RuntimeDefault"}}}`, []string{"general", "restricted"}},
	{"plain", `{"env":[{"name":"A","value":"b"},{"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]}`, general},
	{"plain", `{"envFrom":[{"configMapRef":{"name":"settings"}}]}`, general},
	{"plain", `{"volumeMounts":[{"name":"data","mountPath":"/data","readOnly":true}]}`, general},
	{"plain", `{"args":["-c","sleep 60"]}`, general},
	{"plain", `{"workingDir":"/data"}`, general},
	{"plain", `{"imagePullPolicy":"IfNotPresent"}`, general},
	{"plain", `{"stdin":true,"tty":true}`, general},
	{"plain", `{"terminationMessagePolicy":"FallbackToLogsOnError"}`, general},
	// kubectl passes these on; the API server takes none of them in an ephemeral container
	{"plain", `{"resources":{"requests":{"memory":"32Mi"}}}`, general},
	{"plain", `{"ports":[{"containerPort":8080}]}`, general},
	{"plain", `{"livenessProbe":{"exec":{"command":["true"]}}}`, general},

	// kubectl refuses these
	{"plain", `{"name":"other"}`, general},
	{"plain", `{"image":"other:1"}`, general},
	{"plain", `{"command":["sh"]}`, general},
	{"plain", `{"lifecycle":{}}`, general},
	{"plain", `{"volumeDevices":[{"name":"data","devicePath":"/dev/x"}]}`, general},
	{"plain", `{"securityContext":{"runAsUser":"root"}}`, general},

	// no field of a container: nothing is said
	{"plain", `{"securityContext":{"runAsUsr":1000}}`, general},
	{"plain", `{"targetContainerName":"app"}`, general},
}
