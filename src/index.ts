// The public names: the only barrel, no logic. Flat, because submodules break the Go and Python packages.
export {};
