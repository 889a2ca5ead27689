"""Translates PTX, the instructions that nvcc makes of device code, into C++ that calls runtime/."""
