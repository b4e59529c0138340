#!/bin/bash
# One real Kubernetes node: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, containerd, runc, kubelet, and a
# registry on the node's own loopback.
#
#   node.sh init            holds the namespaces; ends, and everything in them with it, when standard input closes
#   node.sh up              starts the programs in them
#   node.sh in COMMAND...   runs a command in them
#   node.sh down            removes what the kernel keeps beyond the namespaces: empty cgroup folders
#
# All lives in a mount, network and PID namespace of its own, so nothing of it is left behind, several can run side by side,
# and no port, interface or sysctl of the machine is touched.
#
# Environment: BIN programs of Kubernetes, WORK a folder of its own, IMAGES a folder of images (see images.mjs).
set -euo pipefail
: "${BIN:?}" "${WORK:?}"
SELF=$(readlink -f "$0")
SOCKET=$WORK/containerd/containerd.sock
ADDRESS=10.213.0.1
export KUBECONFIG=$WORK/kubeconfig PATH=$BIN:$PATH

enter() { nsenter -t "$(cat "$WORK/init.pid")" -m -n -p -- "$@"; }

# start NAME COMMAND...: in the background, with a log of its own
start() {
  local name=$1
  shift
  "$@" >"$WORK/log/$name.log" 2>&1 </dev/null &
}

# until_ok SECONDS COMMAND...: repeats a command until it succeeds
until_ok() {
  local tries=$(($1 * 10))
  shift
  for _ in $(seq "$tries"); do
    "$@" >/dev/null 2>&1 && return
    sleep .1
  done
  echo "gave up waiting for: $*" >&2
  tail -n 5 "$WORK"/log/*.log >&2
  return 1
}

network() {
  ip link set lo up
  # the kubelet refuses a loopback address for its node: one end of a veth pair carries it
  ip link add node0 type veth peer name node1
  ip addr add $ADDRESS/32 dev node0
  ip link set node0 up
  ip link set node1 up
}

# The kubelet writes these for the whole machine when they differ: it is shown files with the values that it wants.
sysctls() {
  local entry file
  for entry in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=$WORK/sysctl/${entry%=*}
    mkdir -p "$(dirname "$file")"
    echo "${entry#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${entry%=*}"
  done
}

registry() {
  cat >"$WORK/registry.yml" <<Y
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $WORK/registry}}
http: {addr: 127.0.0.1:5000}
Y
  start registry docker-registry serve "$WORK/registry.yml"
  local host
  for host in docker.io registry.k8s.io registry.example.com; do # image names of manifests resolve as they stand
    mkdir -p "$WORK/hosts/$host"
    printf 'server = "http://127.0.0.1:5000"\n[host."http://127.0.0.1:5000"]\n  capabilities = ["pull", "resolve"]\n' >"$WORK/hosts/$host/hosts.toml"
  done
}

runtime() {
  mkdir -p "$WORK/cni"
  cat >"$WORK/cni/10-node.conflist" <<Y
{"cniVersion": "0.4.0", "name": "node", "plugins": [{"type": "ptp", "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.213.7.0/24"}]], "dataDir": "$WORK/ipam"}}]}
Y
  cat >"$WORK/containerd.toml" <<Y
version = 2
root = "$WORK/containerd/root"
state = "$WORK/containerd/state"
[grpc]
  address = "$SOCKET"
[ttrpc]
  address = "$SOCKET.ttrpc"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.10"
  restrict_oom_score_adj = true
  stream_server_address = "127.0.0.1"
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$WORK/hosts"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$WORK/cni"
Y
  mkdir -p "$WORK/containerd"
  start containerd containerd --config "$WORK/containerd.toml"
}

control_plane() {
  local token
  token=$(openssl rand -hex 16)
  mkdir -p "$WORK/pki"
  openssl genrsa -out "$WORK/pki/sa.key" 2048 2>/dev/null
  echo "$token,admin,admin,\"system:masters\"" >"$WORK/pki/tokens.csv"
  cat >"$KUBECONFIG" <<Y
{"apiVersion": "v1", "kind": "Config", "current-context": "node", "contexts": [{"name": "node", "context": {"cluster": "node", "user": "admin"}}],
 "clusters": [{"name": "node", "cluster": {"server": "https://127.0.0.1:6443", "insecure-skip-tls-verify": true}}],
 "users": [{"name": "admin", "user": {"token": "$token"}}]}
Y
  start etcd etcd --data-dir "$WORK/etcd" --unsafe-no-fsync=true --log-level=warn
  start kube-apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 --bind-address=127.0.0.1 --advertise-address=127.0.0.1 \
    --secure-port=6443 --cert-dir="$WORK/pki" --service-cluster-ip-range=10.214.0.0/24 --endpoint-reconciler-type=none \
    --service-account-issuer=https://node.test --service-account-signing-key-file="$WORK/pki/sa.key" \
    --service-account-key-file="$WORK/pki/sa.key" --token-auth-file="$WORK/pki/tokens.csv" --authorization-mode=Node,RBAC \
    --allow-privileged=true --kubelet-preferred-address-types=InternalIP --profiling=false
}

controllers() {
  local access=(--kubeconfig="$KUBECONFIG" --authentication-kubeconfig="$KUBECONFIG" --authorization-kubeconfig="$KUBECONFIG" --leader-elect=false --bind-address=127.0.0.1)
  start kube-controller-manager kube-controller-manager "${access[@]}" --cert-dir="$WORK/pki/controllers" \
    --service-account-private-key-file="$WORK/pki/sa.key" --root-ca-file="$WORK/pki/apiserver.crt"
  start kube-scheduler kube-scheduler "${access[@]}" --cert-dir="$WORK/pki/scheduler"
}

kubelet_() {
  mkdir -p "$WORK/kubelet"
  # what a machine with cgroup v1, little disk and no root over its own kernel needs
  cat >"$WORK/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $ADDRESS
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
containerRuntimeEndpoint: unix://$SOCKET
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
localStorageCapacityIsolation: false
makeIPTablesUtilChains: false
featureGates: {KubeletInUserNamespace: true}
evictionHard: {memory.available: "0%", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%", imagefs.inodesFree: "0%"}
imageGCHighThresholdPercent: 100
volumePluginDir: $WORK/plugins
podLogsDir: $WORK/pod-logs
resolvConf: ""
registryPullQPS: 0
syncFrequency: 1s
nodeStatusUpdateFrequency: 2s
Y
  start kubelet kubelet --config="$WORK/kubelet.yaml" --kubeconfig="$KUBECONFIG" --root-dir="$WORK/kubelet" --cert-dir="$WORK/kubelet/pki" \
    --hostname-override=node --node-ip=$ADDRESS --v=2
}

case ${1:-} in
  init)
    mkdir -p "$WORK/log"
    # PID 1 of the namespace reaps; when its child has read the end of standard input it ends, and the kernel ends all others
    exec unshare -m -n -p --fork --mount-proc --kill-child --propagation private catatonit -- \
      sh -c 'echo ready; cat >/dev/null'
    ;;
  up) enter "$SELF" up-inside ;;
  up-inside)
    network
    sysctls
    registry
    runtime
    control_plane
    until_ok 20 node -e 'fetch("http://127.0.0.1:5000/v2/").catch(() => process.exit(1))'
    node "$(dirname "$SELF")/images.mjs" push "$IMAGES" http://127.0.0.1:5000
    until_ok 60 kubectl get --raw /readyz
    controllers
    until_ok 20 ctr -a "$SOCKET" version
    kubelet_
    until_ok 60 kubectl get serviceaccount default
    until_ok 60 kubectl get configmap kube-root-ca.crt
    until_ok 60 kubectl get node node
    kubectl wait node/node --for=condition=Ready --timeout=60s >/dev/null
    ;;
  in)
    shift
    enter "$@"
    ;;
  down)
    # a killed container leaves its empty cgroup folders; rmdir takes only empty ones
    for id in $(ls "$WORK"/containerd/root/io.containerd.grpc.v1.cri/{containers,sandboxes} 2>/dev/null | grep -E '^[0-9a-f]{64}$'); do
      rmdir /sys/fs/cgroup/{*/,}k8s.io/"$id" 2>/dev/null || true
    done
    rmdir /sys/fs/cgroup/{*/,}k8s.io 2>/dev/null || true # stays where another node still uses it
    ;;
  *)
    sed -n '2,15p' "$0"
    exit 2
    ;;
esac
