"""The demo county: 襄城 in the figures of the sources, its people invented, as the workbooks the national system exports."""

from fieldapp.demo.generate.county import GeneratedCounty, generate_county
from fieldapp.demo.generate.manifest import GENERATOR_VERSION, Manifest
from fieldapp.demo.generate.scale import FULL, SMALL, Scale

__all__ = ["FULL", "GENERATOR_VERSION", "SMALL", "GeneratedCounty", "Manifest", "Scale", "generate_county"]
