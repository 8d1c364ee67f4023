# `make help` lists the targets. Everything a target needs is built by it.
.DEFAULT_GOAL := help
MAVEN := mvn -B -ntp
BUILT := target/.built
DEV = "$$(src/dev/bin/jdk25)/bin/java" $(DEV_OPTIONS) -cp "target/test-classes:target/classes:$$(cat target/dev.classpath)"
FORMATTER := $(foreach package,api code file parser tree util,--add-exports=jdk.compiler/com.sun.tools.javac.$(package)=ALL-UNNAMED)

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: demo
demo: control-plane-tools $(BUILT) ## The main job end to end: control plane, Azure emulator, operator, a token (KEEP=1 leaves it running)
	@exec $(DEV) dev.managedidentity.dev.demo.DemoMain

.PHONY: test
test: control-plane-tools user-tools ## Every test
	@JAVA_HOME="$$(src/dev/bin/jdk25)" $(MAVEN) -Dintegration.processes=2 verify

.PHONY: run
run: $(BUILT) ## Run the operator against the current kubeconfig context and real Azure (CONFIG=file)
	@exec "$$(src/dev/bin/jdk25)/bin/java" -jar target/managed-identity-operator-*.jar $(if $(CONFIG),--config $(CONFIG))

.PHONY: emulator
emulator: $(BUILT) ## Run the Azure emulator; prints one JSON line with its addresses (ISSUER_CA=file to trust issuers)
	@exec $(DEV) dev.managedidentity.dev.emulator.EmulatorMain

.PHONY: cluster
cluster: control-plane-tools $(BUILT) ## Run a local control plane; prints its kubeconfig
	@exec $(DEV) dev.managedidentity.dev.cluster.ClusterMain

.PHONY: bench-rest
bench-rest: control-plane-tools $(BUILT) ## Count the calls to Azure that 1,000 identities at rest cost in ten minutes
	@exec $(DEV) dev.managedidentity.dev.bench.RestMain 1000 10

.PHONY: bench-limits
bench-limits: control-plane-tools $(BUILT) ## Time 300 bindings over 30 identities under the limits that Azure documents
	@exec $(DEV) dev.managedidentity.dev.bench.LimitsMain 300 30

.PHONY: bench-propagation
bench-propagation: control-plane-tools $(BUILT) ## Time how soon 100 bindings are ready when Entra learns of credentials after 60 s
	@exec $(DEV) dev.managedidentity.dev.bench.PropagationMain 100 5 60

.PHONY: bench-webhook
bench-webhook: control-plane-tools $(BUILT) ## Time the webhook in bursts of 500 pods
	@exec $(DEV) dev.managedidentity.dev.bench.WebhookMain 500 3

.PHONY: bench-failover
bench-failover: control-plane-tools $(BUILT) ## Time how long nobody works when the leading replica stops or is killed
	@exec $(DEV) dev.managedidentity.dev.bench.FailoverMain 10

.PHONY: bench-start
bench-start: control-plane-tools $(BUILT) ## Time how soon the operator is ready, as a plain jar and in the image, and its memory
	@exec $(DEV) dev.managedidentity.dev.bench.StartMain 5

.PHONY: image
image: control-plane-tools $(BUILT) ## Build the container image into a file, with no Docker daemon (BASE=image to build on another)
	@exec $(DEV) dev.managedidentity.dev.image.ImageMain $(BASE)

.PHONY: crds
crds: $(BUILT) ## Generate crds/ from the Java types
	@$(DEV) dev.managedidentity.dev.build.CrdGenerator

.PHONY: chart
chart: user-tools $(BUILT) ## Generate what the Helm chart repeats, and deploy/install.yaml from the chart
	@$(DEV) dev.managedidentity.dev.chart.ChartMain

.PHONY: install-yaml
install-yaml: chart ## The same

.PHONY: docs
docs: $(BUILT) ## Generate docs/reference/
	@$(DEV) dev.managedidentity.dev.build.ReferencePage

.PHONY: format
format: $(BUILT) ## Format the Java sources
	@$(DEV) dev.managedidentity.dev.build.SourceFormat
format: DEV_OPTIONS = $(FORMATTER)

.PHONY: package
package: $(BUILT) ## Build the jar and its libraries

.PHONY: clean
clean: ## Remove what was built
	@rm -rf target

.PHONY: tools
tools:
	@src/dev/bin/check-tools

.PHONY: control-plane-tools
control-plane-tools:
	@src/dev/bin/check-tools control-plane

.PHONY: user-tools
user-tools:
	@src/dev/bin/check-tools user-tools

$(BUILT): pom.xml $(shell find src -type f) | tools
	@echo "Building..." >&2
	@$(MAVEN) -Dorg.slf4j.simpleLogger.defaultLogLevel=error -DskipTests package
	@touch $@
