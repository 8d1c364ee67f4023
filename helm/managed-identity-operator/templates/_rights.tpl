{{- /* Generated from Rights by `make chart`. */ -}}

{{- define "operator.rights.cluster" }}
# Labels decide which namespaces an identity allows; the UID of kube-system is the cluster's id.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
{{- if and .Values.webhook.enabled (not .Values.webhook.certManager.enabled) }}
# Make API servers trust the webhook's certificate.
- apiGroups: [admissionregistration.k8s.io]
  resources: [mutatingwebhookconfigurations, validatingwebhookconfigurations]
  resourceNames: [{{ include "operator.fullname" . }}]
  verbs: [get, patch]
{{- end }}
{{- end }}

{{- define "operator.rights.work" }}
# Watch what it works for; patch puts a finalizer on before the first write to Azure.
- apiGroups: [managedidentity.dev]
  resources: [managedidentities, identitybindings]
  verbs: [get, list, watch, patch]
# Say how each stands, and remember what may exist in Azure.
- apiGroups: [managedidentity.dev]
  resources: [managedidentities/status, identitybindings/status]
  verbs: [patch]
# Give an annotated workload its identity, and take it back; bind the one that a workload owns; make and remove shards.
- apiGroups: [managedidentity.dev]
  resources: [managedidentities, identitybindings]
  verbs: [create, delete]
# Know which workloads there are and as which service account each runs.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [list, watch]
# The same of jobs.
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [list, watch]
# Restart workloads whose pods run with settings of the past, where a binding asks for it.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, patch]
# Find the Deployment of such a pod.
- apiGroups: [apps]
  resources: [replicasets]
  verbs: [get]
# Count the pods that use identities, and let those start that waited for one.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, patch]
{{- if .Values.webhook.enabled }}
# Tell pods the client ids of their identities.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [list, watch, create, patch, delete]
{{- end }}
# Annotate the service accounts that bindings name; create them where a binding asks for it.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [list, watch, patch, create]
{{- if ne (include "operator.verifies" .) "false" }}
# Prove that bindings work, with a token as a pod would have it; an admission policy sets its limits.
- apiGroups: [""]
  resources: [serviceaccounts/token]
  verbs: [create]
{{- end }}
# Tell people what was done.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end }}

{{- define "operator.rights.own" }}
{{- if and .Values.webhook.enabled (not .Values.webhook.certManager.enabled) }}
# Keep the webhook's certificate for all replicas.
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [{{ include "operator.fullname" . }}-webhook]
  verbs: [get, list, watch, patch]
{{- end }}
{{- if and .Values.webhook.enabled (not .Values.webhook.certManager.enabled) }}
# Make that Secret: a name cannot limit create.
- apiGroups: [""]
  resources: [secrets]
  verbs: [create]
{{- end }}
# Agree with other replicas on the one that works. Written by patch; the SDK insists on update.
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ include "operator.fullname" . }}]
  verbs: [get, update, patch]
# Make that Lease: a name cannot limit create.
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
{{- end }}
