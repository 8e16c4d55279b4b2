"""Exact objects as people read them: MathML for pages, LaTeX for papers, a line for the terminal."""
