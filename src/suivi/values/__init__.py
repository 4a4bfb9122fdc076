"""What a pure package needs: texts in several languages, periods, quantities, errors."""
