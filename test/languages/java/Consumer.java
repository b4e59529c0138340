import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.JsonPatch;
import org.cdk8s.Size;
import org.cdk8s.Yaml;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.sharedpid.*;

/** What an app in Java does beside the example: prints `check<TAB>value` lines. */
public class Consumer {
  static void say(String check, Object value) {
    System.out.println(check + "\t" + String.valueOf(value).replace("\n", "\\n"));
  }

  public static void main(String[] args) {
    App app = new App();
    Chart chart = new Chart(app, "bare");
    ApiObject pod = ApiObject.Builder.create(chart, "pod").apiVersion("v1").kind("Pod").metadata(ApiObjectMetadata.builder().name("nginx").build()).build();
    pod.addJsonPatch(JsonPatch.add("/spec", Map.of(
        "containers", List.of(Map.of("name", "app", "image", "app")), "volumes", List.of(Map.of("name", "v", "emptyDir", Map.of())))));
    SharedPid.enable(pod);
    SharedPidSettings.of(app).useImage(SidecarImage.BUSYBOX, "registry.example.com/busybox:1");
    DebugSidecar sidecar = DebugSidecar.Builder.create(pod, "debug")
        .profile(DebugProfile.custom(DebugProfileOptions.builder().addCapabilities(List.of("KILL")).build()))
        .env(Map.of("A", "b"))
        .placement(SidecarPlacement.NATIVE)
        .volumeMounts(List.of(SidecarVolumeMount.builder().volume("v").mountPath("/v").build()))
        .resources(SidecarResources.custom(SidecarResourceAmounts.builder().memoryLimit(Size.mebibytes(64)).build()))
        .build();
    sidecar.addJsonPatch(JsonPatch.add("/workingDir", "/v"));
    say("spec", Yaml.stringify(pod.toJson()));
    say("exec", sidecar.getCommands().getExec());

    Deployment deployment = Deployment.Builder.create(new Chart(app, "mixin"), "api").containers(List.of(ContainerProps.builder().image("app").build())).build();
    SharedPid.enable(deployment);
    say("enabled", SharedPid.of(deployment).getIsEnabled());
    try {
      DebugSidecar.Builder.create(deployment, "debug").profile(DebugProfile.RESTRICTED).target("nope").build();
      say("error", "none");
    } catch (RuntimeException error) {
      say("error", error.getMessage());
    }
  }
}
