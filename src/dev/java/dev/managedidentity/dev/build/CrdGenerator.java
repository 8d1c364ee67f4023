package dev.managedidentity.dev.build;

import dev.managedidentity.operator.api.IdentityBinding;
import dev.managedidentity.operator.api.ManagedIdentity;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Generates the CRDs from the Java types: the same types always give the same bytes. */
public final class CrdGenerator {
  /** Where the generated files are kept. */
  public static final Path FOLDER = Path.of("crds");

  private static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(ManagedIdentity.class, IdentityBinding.class);

  private static final String HEADER =
      "# Generated from the Java types of dev.managedidentity.operator.api by `make crds`: edit"
          + " those instead.\n";

  /** Whole numbers that the generator's model can only hold as floating point. */
  private static final Pattern WHOLE_BOUND = Pattern.compile("(?m)^( +m(?:ax|in)imum: \\d+)\\.0$");

  private CrdGenerator() {}

  /** Writes the files into {@link #FOLDER}. */
  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    for (var file : files().entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
  }

  /** Text of each CRD file, by file name. */
  public static Map<String, String> files() {
    var output = new TextOutput();
    new CRDGenerator()
        .customResourceClasses(List.copyOf(TYPES))
        .withMinQuotes(true)
        .withParallelGenerationEnabled(false)
        .withPostProcessor(new Completion())
        .withOutput(output)
        .generate();
    var files = new TreeMap<String, String>();
    output.texts.forEach(
        (name, text) -> files.put(fileName(name), polished(text.toString(StandardCharsets.UTF_8))));
    return files;
  }

  /** The CRDs as objects. */
  public static List<CustomResourceDefinition> definitions() {
    return files().values().stream()
        .map(text -> Serialization.unmarshal(text, CustomResourceDefinition.class))
        .toList();
  }

  private static String fileName(String outputName) {
    return outputName.substring(0, outputName.lastIndexOf('-')) + ".yaml";
  }

  private static String polished(String text) {
    var body = text.substring(text.indexOf('\n') + 1); // the generator's own header goes
    return HEADER + WHOLE_BOUND.matcher(body).replaceAll("$1");
  }

  private static final class Completion implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
      var definition = (CustomResourceDefinition) crd;
      var kind = definition.getSpec().getNames().getKind();
      var type =
          TYPES.stream().filter(one -> one.getSimpleName().equals(kind)).findFirst().orElseThrow();
      return CrdCompletion.complete(definition, type);
    }
  }

  private static final class TextOutput implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> texts = new TreeMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return texts.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
    }

    @Override
    public void close() {}
  }
}
