"""Panduan singkat: the strategies, duties, areas, principles and former rules, a page each."""
