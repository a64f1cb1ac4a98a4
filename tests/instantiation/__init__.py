"""Tests of random exact instantiation."""
