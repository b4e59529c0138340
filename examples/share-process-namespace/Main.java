import java.util.List;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.ContainerSecurityContextProps;
import org.cdk8s.sharedpid.DebugProfile;
import org.cdk8s.sharedpid.DebugSidecar;
import org.cdk8s.sharedpid.SharedPidPod;

public class Main {
  public static void main(String[] args) {
    App app = new App();
    Chart chart = new Chart(app, "share-process-namespace");

    // The app: nginx as its image starts it, so a master process that runs as root.
    SharedPidPod pod = SharedPidPod.Builder.create(chart, "nginx")
        .metadata(ApiObjectMetadata.builder().name("nginx").build())
        .containers(List.of(ContainerProps.builder()
            .name("nginx")
            .image("nginx:1.27")
            .securityContext(ContainerSecurityContextProps.builder().ensureNonRoot(false).readOnlyRootFilesystem(false).build())
            .build()))
        .build();

    // The shell: what `kubectl debug --profile=general` would add, in the pod from its start.
    DebugSidecar.Builder.create(pod, "shell").profile(DebugProfile.GENERAL).build();

    app.synth();
  }
}
