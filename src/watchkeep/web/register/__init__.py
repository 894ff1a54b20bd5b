"""The register: what are our risks, where do they stand, what moved?"""
