"""What readers and writers of office files share: archives opened with care, cells, number formats."""
