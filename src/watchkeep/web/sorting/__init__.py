"""What are the lines of the papers: controls, promises, meetings, measures, or none of them?"""
