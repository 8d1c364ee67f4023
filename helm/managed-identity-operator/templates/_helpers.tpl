{{- define "operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The name of everything that there is once; 40 characters leave room for what is appended. */}}
{{- define "operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "operator.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "operator.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "operator.labels" -}}
{{ include "operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: managed-identity-operator
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "operator.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name is required with serviceAccount.create: false" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* The account as admission sees it. */}}
{{- define "operator.username" -}}
{{- printf "system:serviceaccount:%s:%s" .Release.Namespace (include "operator.serviceAccount" .) }}
{{- end }}

{{/* Whether bindings are proven: `config` may say no. */}}
{{- define "operator.verifies" -}}
{{- dig "federation" "verification" "enabled" true .Values.config }}
{{- end }}

{{- define "operator.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/*
Whether pods get their token by themselves. The names are those of azure-workload-identity, which leaves alone what is
there.
*/}}
{{- define "operator.bringsToken" -}}
{{- if and .Values.azure.clientId .Values.azure.tenantId }}yes{{ end }}
{{- end }}

{{/* For whom a token must be to be exchanged in the cloud. */}}
{{- define "operator.audience" -}}
{{- $clouds := dict "USGovernment" "api://AzureADTokenExchangeUSGov" "China" "api://AzureADTokenExchangeChina" }}
{{- $usual := get $clouds .Values.azure.cloud | default "api://AzureADTokenExchange" }}
{{- dig "azure" "custom" "federationAudience" $usual .Values.config }}
{{- end }}

{{- define "operator.subject" -}}
- kind: ServiceAccount
  name: {{ include "operator.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{- define "operator.webhook.client" -}}
service:
  namespace: {{ .root.Release.Namespace }}
  name: {{ include "operator.fullname" .root }}
  path: {{ .path }}
{{- end }}
{{- define "operator.webhook.manner" -}}
# Nothing here stops anybody from working when the operator is away.
failurePolicy: Ignore
sideEffects: None
timeoutSeconds: 2
admissionReviewVersions: [v1]
{{- end }}

{{/* Namespaces that it works for and that have not opted out. */}}
{{- define "operator.webhook.namespaces" -}}
- key: managedidentity.dev/webhook
  operator: NotIn
  values: [disabled]
{{- with .Values.watchNamespaces }}
- key: kubernetes.io/metadata.name
  operator: In
  values: [{{ join ", " . }}]
{{- end }}
{{- end }}
