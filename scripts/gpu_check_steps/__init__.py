"""The steps of gpu_check. Each is a module with two functions:

run(check, figures)  fills in `figures`; raises Failed, NotRun or, `device` alone, NoGpu
page(figures)        lines of Markdown for the figures that there are, also when the step failed halfway
"""
