"""The register as it stands and as it stood: risks, their versions, the scale they are rated on."""
